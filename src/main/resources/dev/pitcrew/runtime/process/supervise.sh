#!/bin/sh
# Runs one process of the trading system, in a session that setsid made for us, and writes down how it ended.
# Nothing here depends on the controller: it may die, and whoever comes next reads the files.
#
#   supervise.sh REGISTRY INSTANCE LAUNCH LOG PROGRAM [ARGUMENT…]
#
#   INSTANCE.lock   held by us and by the program for as long as one of us lives, so a name never runs twice
#   INSTANCE.json   what was started; the controller wrote it beside, we put it in place once the name is ours
#   INSTANCE.run    LAUNCH PID TICKS SUPERVISOR-PID SUPERVISOR-TICKS BOOT, there before the program's first instruction
#   INSTANCE.exit   LAUNCH CODE, once it ended
base=$1/$2 launch=$3 log=$4
shift 4

exec 9>>"$base.lock"
flock -w 1 -E 75 9 || exit $?
mv -f "$base.json.$launch" "$base.json" || exit 1

# A signal to the whole session must not end us before we know the code; handlers, unlike ignored signals, are not
# inherited by the program.
trap signalled=yes HUP INT TERM

sh -c '
base=$1 launch=$2
shift 2
ticks() { read -r stat <"/proc/$1/stat" && set -- ${stat##*) } && shift 19 && echo "$1"; }
read -r boot </proc/sys/kernel/random/boot_id
echo "$launch $$ $(ticks $$) $PPID $(ticks $PPID) $boot" >"$base.run.new" && mv -f "$base.run.new" "$base.run" || exit 1
exec "$@"' pitcrew "$base" "$launch" "$@" </dev/null >>"$log" 2>&1 &

child=$!
code=
while :; do
    signalled=
    wait "$child"
    now=$?
    # A signal to us cuts the wait short, even when the program has just ended: then we ask again. 127: we have been told already.
    [ -n "$code" ] && [ "$now" = 127 ] && break
    code=$now
    [ -n "$signalled" ] || break
done
echo "$launch $code" >"$base.exit.new" && mv -f "$base.exit.new" "$base.exit"
