# Installs packages beside JupyterLab.
options=(--no-input --disable-pip-version-check)
if [ -n "$index_url" ]; then options+=(--index-url "$index_url"); fi
pip install "${options[@]}" "${packages[@]}"
if command -v restart-jupyter-server >/dev/null; then restart-jupyter-server; fi
