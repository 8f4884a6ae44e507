#!/usr/bin/perl
# Serves the folder "course" beside this file to this computer alone, where there is no Python. Always at the same port:
# a browser keeps what a learner answered by the address.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use IO::Socket::INET;

my $port = 8642;
my $root = abs_path(dirname(abs_path($0)) . '/course');
die "There is no course beside serve.pl. Unpack the whole zip file, and start this again.\n" unless $root && -f "$root/index.html";
my %type = (
    html => 'text/html; charset=utf-8', css => 'text/css', js => 'text/javascript', mjs => 'text/javascript', json => 'application/json',
    ipynb => 'application/json', wasm => 'application/wasm', svg => 'image/svg+xml', png => 'image/png', ico => 'image/x-icon',
);
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 64, ReuseAddr => 1)
    or die "Port $port is in use, maybe by this course itself: open http://127.0.0.1:$port/ in your browser.\n";
$SIG{CHLD} = 'IGNORE';
my $address = "http://127.0.0.1:$port/";
$| = 1;
print "The course is at $address  Leave this window open. To stop, press Ctrl+C.\n";
unless (@ARGV && $ARGV[0] eq '--no-browser') {
    system($^O eq 'darwin' ? "open '$address'" : "xdg-open '$address' >/dev/null 2>&1 &");
}
while (1) {
    my $client = $server->accept or next;
    if (my $child = fork) { close $client; next; }
    answer($client);
    close $client;
    exit 0;
}

sub answer {
    my ($client) = @_;
    my $line = <$client> // return;
    while (defined(my $head = <$client>)) { last if $head =~ /^\r?\n$/; }
    my ($method, $path) = $line =~ m{^(GET|HEAD) (\S+)};
    return print $client "HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n" unless $method;
    $path =~ s/[?#].*//;
    $path =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
    $path .= 'index.html' if $path =~ m{/$};
    my $file = abs_path($root . $path) // '';
    if (index($file, "$root/") || !-f $file) {
        return print $client "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    }
    my ($end) = $file =~ /\.([^.]+)$/;
    my $type = $type{ lc($end // '') } // 'application/octet-stream';
    my $size = -s $file;
    print $client "HTTP/1.1 200 OK\r\nContent-Type: $type\r\nContent-Length: $size\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n";
    return if $method eq 'HEAD';
    open(my $in, '<:raw', $file) or return;
    local $/ = \65536;
    print $client $_ while <$in>;
}
