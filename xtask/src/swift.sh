# Runs a command inside a Debian: its root, the target folder (or nothing), and the command are given.
# Only for `cargo xtask swift`, which starts it in a mount and process name space of its own.
root=$1 target=$2
shift 2
mount -t proc proc "$root/proc"
if [ -n "$target" ]; then
    mount --bind "$target" "$root/suima/target"
    for folder in $SUIMA_SOURCES; do
        mount --bind -o ro "$folder" "$root/suima/$folder"
    done
    # What Rust built looks for the scenarios where they were when it was built.
    mkdir -p "$root$PWD/tests"
    mount --bind -o ro tests "$root$PWD/tests"
fi
# Not by exec: the first process of a name space ignores an interrupt from the terminal, its children do not.
chroot "$root" "$@"
exit
