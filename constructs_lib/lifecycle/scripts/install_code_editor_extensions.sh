# Installs extensions of Code Editor, from its registry or from a bucket.
downloads=$(mktemp -d)
trap 'rm -rf "$downloads"' EXIT

for extension in "${extensions[@]}"; do
  if [[ $extension == s3://* ]]; then
    aws s3 cp --only-show-errors "$extension" "$downloads/extension.vsix"
    extension=$downloads/extension.vsix
  fi
  sagemaker-code-editor --install-extension "$extension" \
    --extensions-dir /opt/amazon/sagemaker/sagemaker-code-editor-server-data/extensions
done
