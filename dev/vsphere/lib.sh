# What up, down, faults and check have in common. Settings: README.md.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${VSPHERE_HOME:-${TMPDIR:-/tmp}/vsphere-lab}
instance=${VSPHERE_INSTANCE:-vcenter}
run=$home/run/$instance
bin=$home/bin/vspheresim

die() { echo "$*" >&2; exit 1; }

# The pid of the running simulator; empty when it does not run. Never a stranger's: it must run our program.
running() {
  local pid
  pid=$(cat "$run/pid" 2>/dev/null) || return 0
  [ "$(readlink "/proc/$pid/exe" 2>/dev/null | sed 's/ (deleted)$//')" = "$bin" ] && echo "$pid"
  return 0
}

stop() {
  local pid
  pid=$(running)
  if [ -n "$pid" ]; then
    kill "$pid"
    for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  fi
  rm -rf "$run"
}
