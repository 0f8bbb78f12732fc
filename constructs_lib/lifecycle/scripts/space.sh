# What Studio says of this space, and how the scripts that need it say that they cannot go on.
fail() {
  echo "$*" >&2
  exit 1
}

metadata=/opt/ml/metadata/resource-metadata.json
[ -r "$metadata" ] || fail "$metadata must be there, this is no space of Studio"

about() {
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get(sys.argv[2], ""))' "$metadata" "$1"
}

domain=$(about DomainId)
space=$(about SpaceName)
IFS=: read -r _ partition _ region _ <<<"$(about ResourceArn)"
for known in "$domain" "$space" "$partition" "$region"; do
  [ -n "$known" ] || fail "$metadata must name the domain, the space and the ARN of the app"
done

# Prints the owner's profile, or nothing of a shared space.
owner_if_private() {
  local sharing owner
  read -r sharing owner <<<"$(aws sagemaker describe-space --region "$region" --domain-id "$domain" \
    --space-name "$space" --output text \
    --query '[SpaceSharingSettings.SharingType, OwnershipSettings.OwnerUserProfileName]')"
  [ -n "$owner" ] || fail "the space $space could not be described"
  if [ "$sharing" = Private ]; then echo "$owner"; fi
}
