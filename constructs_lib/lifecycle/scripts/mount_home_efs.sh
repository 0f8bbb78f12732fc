# Mounts the home directory that the owner of a private space has on the domain's EFS file system at ~/$directory.
target=$HOME/$directory
if mountpoint -q "$target"; then
  echo "$target is mounted already"
  exit
fi
owner=$(owner_if_private)
if [ -z "$owner" ]; then
  echo "nothing is mounted, a shared space is nobody's home"
  exit
fi
file_system=$(aws sagemaker describe-domain --region "$region" --domain-id "$domain" \
  --output text --query HomeEfsFileSystemId)
[[ $file_system == fs-* ]] || fail "the domain $domain must have a home file system, got $file_system"
uid=$(aws sagemaker describe-user-profile --region "$region" --domain-id "$domain" \
  --user-profile-name "$owner" --output text --query HomeEfsFileSystemUid)
[[ $uid =~ ^[0-9]+$ ]] || fail "the user $owner must have a home directory, got $uid"

mkdir -p "$target"
[ -z "$(ls -A "$target")" ] || fail "$target must be empty, the mount would hide what is in it"
suffix=amazonaws.com
if [ "$partition" = aws-cn ]; then suffix=amazonaws.com.cn; fi
if ! sudo timeout 60 mount -t nfs4 \
  -o nfsvers=4.1,rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport \
  "$file_system.efs.$region.$suffix:/$uid" "$target"; then
  rmdir "$target"
  fail "$file_system could not be mounted, is port 2049 open and the directory $uid there?"
fi
# The directory belongs to the uid and is closed to all others.
sudo chgrp "$(id -g)" "$target"
sudo chmod g+rwx "$target"
echo "mounted $target"
