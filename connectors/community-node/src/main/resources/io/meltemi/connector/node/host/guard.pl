#!/usr/bin/perl
# Guards one guest of a node: starts it at most once for each launch number, notes how it ended,
# ends it when its folder is gone, keeps its console file short. Outlives the agent that started it;
# the guest does not outlive its guard (the command sets the parent's death signal).
#
#   guard.pl FOLDER LAUNCH CGROUP-PROCS-FILES-BY-COLON COMMAND...
#
# Exit: 75 another guard is at work in the folder, 76 this launch has already ended, 70 trouble.
use strict;
use warnings;
use Fcntl qw(:flock F_SETFD);
use IO::Handle;
use POSIX qw(setsid WNOHANG);

my ($folder, $launch, $cgroups, @command) = @ARGV;
my $console_most = 1024 * 1024;
my $console_kept = 256 * 1024;

setsid();
$SIG{HUP} = $SIG{INT} = 'IGNORE';
chdir $folder or exit 70;
my ($device, $inode) = stat '.';

open my $lock, '>>', 'guard.lock' or exit 70;
flock $lock, LOCK_EX | LOCK_NB or exit 75;
fcntl $lock, F_SETFD, 0;    # the guest holds it too: no second one while it lives
if (open my $ended, '<', 'ended') {
  my ($before) = split ' ', <$ended> // '';
  exit 76 if defined $before && $before >= $launch;
}
for my $file (split /:/, $cgroups) {
  open my $group, '>', $file or exit 70;
  syswrite $group, "$$\n" or exit 70;
}

pipe my $noted, my $tell or exit 70; # a guest that nobody could find again never begins: it waits until it is noted
my $guest = fork;
exit 70 unless defined $guest;
if ($guest == 0) {
  close $tell;
  sysread $noted, my $go, 1 or POSIX::_exit(127);
  $SIG{HUP} = $SIG{INT} = 'DEFAULT';
  exec @command or POSIX::_exit(127);
}
$SIG{CHLD} = sub { };
$SIG{TERM} = sub { kill 'TERM', $guest };
syswrite $tell, '+' if note('running', join ' ', $launch, $$, born($$), $guest, born($guest));
close $tell;

my $look = 0;
while (waitpid($guest, WNOHANG) != $guest) {
  select undef, undef, undef, 1;
  next if time < $look;
  $look = time + 5;
  if (!here()) { kill 'KILL', $guest; waitpid $guest, 0; last }
  shorten();
}
my $status = $?;
note('ended', join ' ', $launch, $status >> 8, $status & 127) if here();

sub here {
  my ($d, $i) = stat $folder;
  return defined $i && $d == $device && $i == $inode;
}

# Clock ticks from boot to the start of a process: tells it from a later one with the same number.
sub born {
  open my $stat, '<', "/proc/$_[0]/stat" or return 0;
  my ($rest) = <$stat> =~ /.*\) (.*)/;
  return (split ' ', $rest)[19];
}

sub note {
  my ($name, $text) = @_;
  open my $file, '>', "$name.part" or return 0;
  my $written = print($file "$text\n") && $file->flush && $file->sync;
  return close($file) && $written && rename "$name.part", $name;
}

# The guest's writer appends, so it goes on behind the part that is kept.
sub shorten {
  return unless (-s 'console.log' // 0) > $console_most;
  open my $console, '+<', 'console.log' or return;
  seek $console, -$console_kept, 2;
  my $kept;
  read $console, $kept, $console_kept;
  seek $console, 0, 0;
  print $console $kept;
  $console->flush;
  truncate $console, length $kept;
}
