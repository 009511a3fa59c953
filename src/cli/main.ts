import { Argument, Command, CommanderError, Option } from 'commander'
import { version } from '#app/version.ts'
import { CommandFailed, EXIT } from './exit.ts'
import { outliveReaders, red, say } from './terminal.ts'

/**
 * Runs one command line (without `node` and the program's name) and answers its exit code. Commands are loaded when they are called.
 */
export async function main(argv: readonly string[]): Promise<number> {
  outliveReaders()
  let exitCode: number = EXIT.ok
  /** Each command answers its exit code; what it throws is told here, in one place. */
  const run =
    <Args extends unknown[]>(load: () => Promise<(...args: Args) => Promise<number>>) =>
    async (...args: Args) => {
      exitCode = await (await load())(...args)
    }
  try {
    await program(run).parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    if (!(error instanceof CommandFailed)) throw error
    say(`${red('error')}: ${error.message}`)
    if (error.mend) say(`  ${error.mend}`)
    return error.exitCode
  }
}

type Run = <Args extends unknown[]>(load: () => Promise<(...args: Args) => Promise<number>>) => (...args: Args) => Promise<void>

function program(run: Run): Command {
  const postern = new Command('postern')
    .description(
      'Private serverless APIs on one machine: the same templates, clients, answers and refusals as AWS, and a reason for each.',
    )
    .version(version, '--version')
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .addHelpText('after', '\nExit codes: 0 yes or done, 1 no (refused or failed), 2 wrong usage, 3 cannot run on this machine.')

  postern
    .command('up')
    .description('run the cloud in the foreground: the AWS API, the gateway, functions')
    .option('--port <port>', 'port of the AWS API and the public gateway; 0 picks a free one', '4566')
    .option('--host <address>', 'address to listen on; anything but loopback lets other machines in', '127.0.0.1')
    .option('--dns-port <port>', "answer names as the internet's resolvers would, on this port; 0 picks a free one")
    .option('--data-dir <folder>', 'where everything is kept', '.postern')
    .option('--ephemeral', 'keep nothing after the end')
    .option('--stub-unsupported', 'put stubs in the place of what Postern does not implement, in every stack')
    .option('--verify-signatures', 'refuse AWS API calls whose signature is wrong')
    .option(
      '--secret-access-key <secret>',
      'the secret that signatures are verified with, for keys Postern did not give out',
      'test',
    )
    .action(run(async () => (await import('./commands/up.ts')).up))

  connected(postern.command('deploy'))
    .description('package local code, deploy a template, and print how to call its APIs')
    .option('-t, --template <file>', 'the template (default: template.yaml, template.yml or template.json here)')
    .option('--stack-name <name>', "the stack's name (default: the name of the template's folder)")
    .option('--parameter-overrides <key=value...>', 'values for parameters')
    .option('--capabilities <capability...>', 'CAPABILITY_IAM, CAPABILITY_NAMED_IAM, CAPABILITY_AUTO_EXPAND')
    .option('--tags <key=value...>', 'tags of the stack')
    .option('--stub-unsupported', 'put stubs in the place of what Postern does not implement, and say so')
    .option('--json', 'print the outcome as JSON')
    .action(run(async () => (await import('./commands/deploy.ts')).deploy))

  connected(postern.command('delete'))
    .description('delete a stack and what it made')
    .argument('<stack>', 'name or id')
    .option('--json', 'print the outcome as JSON')
    .action(run(async () => (await import('./commands/delete.ts')).deleteStack))

  connected(postern.command('list'))
    .description(
      'stacks, APIs with every way to call them, endpoints with their ports, functions; of all accounts and regions unless one is named',
    )
    .option('--json', 'the same as JSON')
    .action(run(async () => (await import('./commands/list.ts')).list))

  connected(postern.command('events'))
    .description("a stack's events, oldest first")
    .argument('<stack>', 'name or id')
    .option('--json', 'the same as JSON')
    .action(run(async () => (await import('./commands/events.ts')).events))

  connected(postern.command('outputs'))
    .description("a stack's outputs")
    .argument('<stack>', 'name or id')
    .argument('[key]', 'only the value of this one')
    .option('--json', 'the same as JSON')
    .action(run(async () => (await import('./commands/outputs.ts')).outputs))

  connected(postern.command('invoke'))
    .description('call a function and print what it answers')
    .argument('<function>', 'name, ARN, logical id, or the end of a name that only one function has')
    .option('--payload <json>', 'the event: JSON, @file, or - for standard input', '{}')
    .option('--qualifier <version>', 'a version or an alias')
    .option('--log', 'print the log of the call too')
    .option('--json', 'print the whole answer as JSON')
    .action(run(async () => (await import('./commands/invoke.ts')).invoke))

  connected(postern.command('logs'))
    .description("a function's log, or any log group's")
    .argument('<function>', 'name or logical id of a function, or a log group that begins with /')
    .option('--since <time>', 'how far back: 30s, 10m, 2h, 1d', '1h')
    .option('--filter <pattern>', 'a CloudWatch Logs filter pattern')
    .option('-f, --follow', 'go on until interrupted')
    .option('--json', 'one JSON object a line')
    .action(run(async () => (await import('./commands/logs.ts')).logs))

  connected(postern.command('exec'))
    .description('run a command inside a subnet, or on the internet: with its names, its addresses and its refusals')
    .argument('<command...>', 'the command, after `--`')
    .option('--internet', 'on the internet')
    .option('--vpc <vpc>', 'in this VPC: an id, a name, a logical id or an export')
    .option('--subnet <subnet>', "in this subnet, named likewise (default: the VPC's first)")
    .option('--security-group <group...>', "with these security groups (default: the VPC's default one)")
    .action(run(async () => (await import('./commands/exec.ts')).exec))

  connected(postern.command('explain'))
    .description('why a request was let through or refused: every step, what decided it, and what to change')
    .argument('[request-id]', 'the x-amzn-RequestId of the answer')
    .option('--last', 'the newest request')
    .option('--json', 'the same as JSON')
    .action(run(async () => (await import('./commands/explain.ts')).explain))

  connected(postern.command('check'))
    .description('look for the usual mistakes of private APIs in templates, each with its line and its mend')
    .option(
      '-t, --template <file...>',
      'the templates, checked together (default: template.yaml, template.yml or template.json here)',
    )
    .option('--against <file>', 'compare with the template that is deployed: what would not be deployed again')
    .option('--stack-name <name>', 'compare with this stack of a running Postern: what would not be deployed again')
    .option('--parameter-overrides <key=value...>', 'values for parameters')
    .option('--ignore <rule...>', 'rules to leave out')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json', 'sarif']).default('text'))
    .option('--json', 'the same as `--format json`')
    .action(run(async () => (await import('./commands/check.ts')).checkCommand))

  postern
    .command('transform')
    .description('print the CloudFormation that a template becomes, or what is wrong with it; needs no running Postern')
    .option(
      '-t, --template <file>',
      'the template, - for standard input (default: template.yaml, template.yml or template.json here)',
    )
    .option('--region <region>', 'the region to deploy to (default: $AWS_REGION, $AWS_DEFAULT_REGION, or us-east-1)')
    .option('--parameter-overrides <key=value...>', 'values for parameters')
    .option('--metadata', "copy each SAM resource's Metadata to what is generated from it")
    .addOption(new Option('--format <format>', 'how to print it').choices(['yaml', 'json']).default('yaml'))
    .option('--json', 'print JSON, and what is wrong as JSON too')
    .action(run(async () => (await import('./commands/transform.ts')).transformTemplate))

  postern
    .command('ca')
    .description("the certificate that clients trust who speak TLS with endpoints: print it, or change this system's trust store")
    .addArgument(
      new Argument('[action]', "print: as PEM; path: its file; install, remove: in this system's trust store")
        .choices(['print', 'path', 'install', 'remove'])
        .default('print'),
    )
    .option('--data-dir <folder>', 'of this data directory, whether its Postern runs or not')
    .addOption(
      endpointOption('the running Postern (default: $POSTERN_ENDPOINT, $AWS_ENDPOINT_URL, or port 4566, or .postern here)'),
    )
    .option('--json', 'print the outcome as JSON')
    .action(run(async () => (await import('./commands/ca.ts')).ca))

  postern
    .command('demo')
    .description('play the story of examples/entities from nothing, and check every answer')
    .option('--json', 'print the table as JSON')
    .action(run(async () => (await import('./commands/demo.ts')).demo))

  connected(postern.command('doctor'))
    .description('what this machine lacks for which feature, and the command that mends it')
    .option('--json', 'the same as JSON')
    .action(run(async () => (await import('./commands/doctor.ts')).doctor))

  return postern
}

/** Adds the options of `ConnectionOptions`. */
function connected(command: Command): Command {
  return command
    .addOption(endpointOption('the running Postern (default: $POSTERN_ENDPOINT, $AWS_ENDPOINT_URL, or port 4566)'))
    .addOption(
      new Option('--account <id>', 'twelve digits (default: $AWS_ACCESS_KEY_ID if it is an account id, or 000000000000)'),
    )
    .addOption(new Option('--region <region>', '(default: $AWS_REGION, $AWS_DEFAULT_REGION, or us-east-1)'))
}

function endpointOption(description: string): Option {
  return new Option('--endpoint <url>', description)
}
