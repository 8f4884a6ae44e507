#!/bin/sh
# Starts the course with what this computer has: Python, or Perl.
cd "$(dirname "$0")" || exit 1
if python3 -c 'import http.server' 2>/dev/null; then
  exec python3 serve.py "$@"
fi
exec perl serve.pl "$@"
