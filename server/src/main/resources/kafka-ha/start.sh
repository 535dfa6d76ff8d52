#!/usr/bin/env bash
# Starts this Kafka broker and controller with a stock Apache Kafka 4.x: KAFKA_HOME=/opt/kafka ./start.sh
# Formats the data directory first when it is new. Stays in the foreground; SIGTERM stops it in order.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
properties="${1:-$here/server.properties}"

die() {
  echo "start.sh: $1" >&2
  exit 1
}

value() { # of a key in the properties
  sed -n "s/^$1=//p" "$properties" | head -n 1
}

[ -n "${KAFKA_HOME:-}" ] || die "set KAFKA_HOME to the folder of Apache Kafka 4.x (the one with bin/ and libs/)"
[ -x "$KAFKA_HOME/bin/kafka-storage.sh" ] || die "$KAFKA_HOME has no bin/kafka-storage.sh: is it Apache Kafka 4.x?"
[ -r "$properties" ] || die "cannot read $properties"

data="$(value log.dirs)"
cluster="$(value callisto.cluster.id)"
founders="$(value callisto.initial.controllers)"
[ -n "$cluster" ] || die "$properties has no callisto.cluster.id; get a new bundle with: callisto kafka-ha bundle"

mkdir -p "$data" || die "cannot make $data; run this as the broker's user, who must own it"
if [ ! -f "$data/meta.properties" ]; then
  # The first controllers know one another by their directory ids; one that joins later is added with:
  # callisto kafka-ha controller --add
  if [ -n "$founders" ] && [ "${JOIN:-no}" != yes ]; then
    quorum=(--initial-controllers "$founders")
  else
    quorum=(--no-initial-controllers)
  fi
  "$KAFKA_HOME/bin/kafka-storage.sh" format --cluster-id "$cluster" --config "$properties" "${quorum[@]}"
fi
exec "$KAFKA_HOME/bin/kafka-server-start.sh" "$properties"
