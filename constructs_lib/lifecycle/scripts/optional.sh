# An app starts without what follows rather than not at all.
trap 'status=$?; [ "$status" = 0 ] || echo "the app starts without this, it ended with $status" >&2; exit 0' EXIT
