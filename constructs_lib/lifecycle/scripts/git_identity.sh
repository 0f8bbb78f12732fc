# Says to Git who commits in a private space, unless the user has said so. What was said here before stands beside it,
# so that another word of the administrator's follows.
suggest() {
  local said suggested
  said=$(git config --global --get "user.$1" || true)
  suggested=$(git config --global --get "studio.$1" || true)
  if [ -z "$said" ] || [ "$said" = "$suggested" ]; then
    git config --global "user.$1" "$2"
    git config --global "studio.$1" "$2"
  fi
}

owner=$(owner_if_private)
if [ -z "$owner" ]; then
  echo "nothing is said to Git, a shared space is nobody's"
  exit
fi
suggest name "${user_name:-$owner}"
suggest email "${user_email:-$owner@$email_domain}"
