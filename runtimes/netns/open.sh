# Runs in new network, mount and UTS namespaces: makes them those of a machine of the network, and holds them open for the relay, which
# goes on in a network namespace of its own, the outside of this one's.
#   open.sh FOLDER HOSTNAME NODE RELAY
# FOLDER/etc holds what this machine has in /etc.
set -e
folder=$1 name=$2 node=$3 relay=$4
for file in "$folder"/etc/*; do
  mount --bind "$file" "/etc/${file##*/}"
done
# Others may know names of the machine outside: who asks them would not ask the resolver.
for cache in /run/nscd; do
  if [ -d "$cache" ]; then mount --bind "$folder/empty" "$cache"; fi
done
if command -v hostname >/dev/null; then hostname "$name"; fi
exec 7</proc/self/ns/net 8</proc/self/ns/mnt 9</proc/self/ns/uts
exec unshare --net -- "$node" "$relay" "$folder"
