#!/usr/bin/env bash
# Makes Kafka highly available, with the questions of POM's script of this name: how many brokers, an external server
# or not, confirmation, address and port of each. All of it is done by: callisto kafka-ha enable
#
#   ./enableKafkaHA.sh                        asks
#   ./enableKafkaHA.sh --brokers a:9094,b:9094,c:9094 --yes    does not ask; every option of kafka-ha enable is taken
#
# Afterwards, on each server:  ./enableKafkaHA.sh pull --node ID      and to go back:  ./enableKafkaHA.sh undo
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
callisto="${CALLISTO:-$here/../../callisto}"
[ -x "$callisto" ] || {
  echo "enableKafkaHA.sh: $callisto is not there; set CALLISTO to the launcher of Callisto" >&2
  exit 1
}

command=enable
case "${1:-}" in
  pull | undo | show | verify | bundle)
    command="$1"
    shift
    ;;
esac
exec "$callisto" kafka-ha "$command" "$@"
