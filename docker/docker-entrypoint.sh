#!/bin/bash
# Starts Pileus in its container. Tools made for LocalStack call it by this name: /usr/local/bin/docker-entrypoint.sh.
set -eo pipefail

# LOCALSTACK_X means X. Not so its own host names, and LOCALSTACK_<digit>, which Kubernetes sets for a service of that name.
for name in "${!LOCALSTACK_@}"; do
  case $name in
    LOCALSTACK_ | LOCALSTACK_HOST* | LOCALSTACK_[0-9]*) continue ;;
    # bash does not let these be set.
    LOCALSTACK_UID | LOCALSTACK_EUID | LOCALSTACK_PPID | LOCALSTACK_BASH* | LOCALSTACK_SHELLOPTS) continue ;;
  esac
  export "${name#LOCALSTACK_}=${!name}"
done

if [ -d "${PILEUS_OLD_INIT:-/docker-entrypoint-initaws.d}" ]; then
  echo "/docker-entrypoint-initaws.d is not looked at: mount its scripts at /etc/localstack/init/ready.d" >&2
fi

# A container's port can be reached from outside only when the server listens on all addresses.
export GATEWAY_LISTEN="${GATEWAY_LISTEN:-${EDGE_BIND_HOST:-0.0.0.0}:${EDGE_PORT:-4566}}"

# Large bodies, functions' code and uploaded snapshots lie in files. With a read-only file system only the volume takes them.
temporary="${TMPDIR:-/tmp}"
if [ ! -w "$temporary" ]; then
  temporary="${LOCALSTACK_VOLUME_DIR:-/var/lib/localstack}/tmp/${HOSTNAME:-pileus}"
  rm -rf "$temporary" && mkdir -p "$temporary" || echo "no place for files: neither ${TMPDIR:-/tmp} nor $temporary can be written" >&2
fi

# A command instead of options, such as bash, is run as it is.
if [ $# -gt 0 ] && [ "${1#-}" = "$1" ]; then
  exec "$@"
fi

home="${PILEUS_HOME:-/opt/pileus}"
# shellcheck disable=SC2086
exec "$home/java/bin/java" "@$home/java.options" "-Djava.io.tmpdir=$temporary" ${PILEUS_JAVA_OPTS:-} io.pileus.server.Main "$@"
