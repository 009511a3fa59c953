/** Read when the first certificate is made: it takes a good part of the time that a start may take, and most starts make none. */
export async function x509(): Promise<typeof import('@peculiar/x509')> {
  // The package's containers look for the metadata API as soon as they are read.
  await import('reflect-metadata')
  return import('@peculiar/x509')
}
