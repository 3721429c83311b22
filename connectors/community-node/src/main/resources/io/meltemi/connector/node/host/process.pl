#!/usr/bin/perl
# The guest of a host without virtual machines: a process that has a name, an address of its own,
# user data and a web page, as the small Linux guest has. Needs nothing but Debian's perl-base.
#
#   process.pl bind HOST:PORT|- COMMAND...   listens, then becomes COMMAND (new name spaces, own user)
#   process.pl serve NAME ID                 runs there: user data, then answers on the open socket
#
# The socket is opened outside and kept: inside there is no network but the guest's own, so the guest
# is reached at this one port and reaches nothing.
use strict;
use warnings;
use Fcntl qw(F_SETFD);
use IO::Handle;
use POSIX qw(:sys_wait_h);
use Socket;

my $mode = shift @ARGV;
if ($mode eq 'bind') { become(@ARGV) } else { serve(@ARGV) }

sub become {
  my ($where, @command) = @_;
  pipe my $read, my $write or die "pipe: $!\n";
  fcntl $_, F_SETFD, 0 for $read, $write;
  $ENV{MELTEMI_PARENT} = join ' ', fileno $read, fileno $write;
  $ENV{MELTEMI_SOCKET} = -1;
  if ($where ne '-') {
    my ($host, $port) = $where =~ /^(.*):(\d+)$/;
    socket my $listener, PF_INET, SOCK_STREAM, 0 or die "socket: $!\n";
    setsockopt $listener, SOL_SOCKET, SO_REUSEADDR, 1;
    bind $listener, sockaddr_in($port, inet_aton($host)) or die "bind $where: $!\n";
    listen $listener, 64 or die "listen: $!\n";
    fcntl $listener, F_SETFD, 0;
    $ENV{MELTEMI_SOCKET} = fileno $listener;
    exec @command or die "exec: $!\n"; # here, while the listener is in scope
  }
  exec @command or die "exec: $!\n";
}

sub serve {
  my ($name, $id) = @_;
  die "nobody holds this guest\n" unless held();
  my $start = time;
  $SIG{TERM} = sub { print "MELTEMI-POWEROFF\n"; exit 0 };
  $SIG{PIPE} = 'IGNORE';
  STDOUT->autoflush(1);
  mkdir 'www';
  $ENV{WWW} = 'www';
  run_user_data();
  print "MELTEMI-READY name=$name id=$id\n";
  if ($ENV{MELTEMI_SOCKET} < 0) { while (1) { sleep 60; 1 while waitpid(-1, WNOHANG) > 0 } }
  open my $listener, '+<&=', $ENV{MELTEMI_SOCKET} or die "socket: $!\n";
  while (1) {
    1 while waitpid(-1, WNOHANG) > 0;
    next unless accept(my $client, $listener);
    my $child = fork;
    next if $child || !defined $child;
    alarm 20;
    answer($client, $name, $id, $start);
    exit 0;
  }
}

# From here on this process ends with its parent, which also holds the writing end of the pipe. One that was killed before left
# nobody who would ever end this process: then the pipe has ended.
sub held {
  my ($read, $write) = split / /, delete $ENV{MELTEMI_PARENT};
  POSIX::close($write);
  my $ended = '';
  vec($ended, $read, 1) = 1;
  my $gone = select $ended, undef, undef, 0;
  POSIX::close($read);
  return !$gone;
}

sub run_user_data {
  open my $data, '<', 'user-data' or return;
  my $head = '';
  read $data, $head, 2;
  return unless $head eq '#!';
  chmod 0700, 'user-data';
  close $data;
  my $child = fork;
  return unless defined $child;
  if ($child == 0) { exec './user-data' or exit 127 }
  waitpid $child, 0;
}

sub answer {
  my ($client, $name, $id, $start) = @_;
  my $line = <$client> // '';
  while (defined(my $header = <$client>)) { last if $header =~ /^\r?\n$/ }
  my ($path) = $line =~ m{^GET (/[A-Za-z0-9._/-]*)};
  if (!defined $path || $path =~ /\.\./) { reply($client, '400 Bad Request', 'text/plain', "bad request\n") }
  elsif ($path eq '/') { reply($client, '200 OK', 'text/html', "$name $id\n") }
  elsif ($path eq '/cgi-bin/info') {
    my $up = time - $start;
    reply($client, '200 OK', 'application/json',
      qq({"hostname":"$name","instanceId":"$id","uptimeSeconds":$up,"kernel":"process"}\n));
  }
  elsif (open my $file, '<', "www$path") { local $/; reply($client, '200 OK', 'text/plain', <$file>) }
  else { reply($client, '404 Not Found', 'text/plain', "not found\n") }
}

sub reply {
  my ($client, $status, $type, $body) = @_;
  my $length = length $body;
  print $client "HTTP/1.0 $status\r\nContent-Type: $type\r\nContent-Length: $length\r\n\r\n$body";
  close $client;
}
