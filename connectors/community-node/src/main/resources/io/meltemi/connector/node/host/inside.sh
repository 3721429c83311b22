#!/bin/sh
# First step inside a process guest's name spaces, run in its folder: a root of its own that holds the system's programs and
# the guest's data and nothing else of the host, then the guest's user and program.
#
#   inside.sh NAME COMMAND...
set -e
hostname "$1"
shift
exec >>console.log 2>&1

mount -t tmpfs -o mode=755,size=1m none root
for folder in usr bin sbin lib lib32 lib64; do
  if [ -L /$folder ]; then
    ln -s "$(readlink /$folder)" root/$folder
  elif [ -d /$folder ]; then
    mkdir root/$folder
    mount --rbind /$folder root/$folder
  fi
done
mkdir root/data root/dev root/proc root/tmp root/old
chmod 1777 root/tmp
cp process.pl root/process.pl
mount --bind data root/data
mount --rbind /proc root/proc
for device in null zero random urandom; do
  : >root/dev/$device
  mount --bind /dev/$device root/dev/$device
done
cd root
pivot_root . old
umount -l /old
rmdir /old
cd /data
exec "$@"
