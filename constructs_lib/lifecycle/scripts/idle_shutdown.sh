# Stops this JupyterLab once nobody has used it for $minutes minutes, by a watch that goes on in the background.
type=$(about AppType)
name=$(about ResourceName)
[ -n "$type" ] || fail "$metadata must name the type of the app"
[ -n "$name" ] || fail "$metadata must name the app"
for tool in aws python3; do
  command -v "$tool" >/dev/null || fail "$tool must be in the image"
done
log=/var/log/apps/app_container.log # which CloudWatch shows
[ -w "$log" ] || log=/tmp/idle-shutdown.log

# Prints the time of the last use in seconds or "busy", and fails if that cannot be known.
last_use() {
  python3 - <<'PYTHON'
import glob
import json
import urllib.error
import urllib.request
from datetime import datetime

SERVER = "http://localhost:8888/jupyterlab/default/api/"
past_proxies = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(what):
    with past_proxies.open(SERVER + what + "?no_track_activity=1", timeout=10) as answer:
        return json.load(answer)


def terminals():
    try:
        return ask("terminals")
    except urllib.error.HTTPError as error:
        if error.code == 404:  # a server without terminals
            return []
        raise


def is_command_in_terminal(stat):
    try:
        with open(stat) as file:
            pid, rest = file.read().split(" ", 1)
    except OSError:  # it has ended
        return False
    session, terminal = rest.rpartition(")")[2].split()[3:5]
    return terminal != "0" and pid != session  # the first process of a session is the shell


kernels = ask("kernels")
used = kernels + terminals()
if any(kernel["execution_state"] not in ("idle", "dead") for kernel in kernels):
    print("busy")
elif any(map(is_command_in_terminal, glob.glob("/proc/[0-9]*/stat"))):
    print("busy")
else:
    times = [datetime.fromisoformat(one["last_activity"].replace("Z", "+00:00")).timestamp() for one in used]
    print(int(max(times, default=0)))
PYTHON
}

watch() {
  trap '' HUP
  local since now last
  since=$(date +%s)
  while sleep 60; do
    now=$(date +%s)
    last=$(last_use) || last=unknown
    case $last in
      busy) since=$now ;;
      unknown)
        echo "the server does not say when it was used, which counts as use"
        since=$now
        ;;
      *) if ((last > since)); then since=$last; fi ;;
    esac
    if ((now - since >= minutes * 60)); then
      echo "unused for $minutes minutes, stops $space"
      aws sagemaker delete-app --region "$region" --domain-id "$domain" --space-name "$space" \
        --app-type "$type" --app-name "$name" || echo "could not stop $space"
      since=$now
    fi
  done
}

watch </dev/null >>"$log" 2>&1 &
echo "watches for $minutes idle minutes, and writes to $log"
