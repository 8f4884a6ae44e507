# Serves the folder "course" beside this file to this computer alone, where there is no Python. No administrator is needed.
# Always at the same port: a browser keeps what a learner answered by the address.
$port = 8642
$root = Join-Path $PSScriptRoot 'course'
if (-not (Test-Path -LiteralPath (Join-Path $root 'index.html'))) {
  Write-Host 'There is no course beside serve.ps1. Unpack the whole zip file, and start this again.'
  exit 1
}
$root = (Get-Item -LiteralPath $root).FullName
$types = @{ '.html' = 'text/html; charset=utf-8'; '.css' = 'text/css'; '.js' = 'text/javascript'; '.mjs' = 'text/javascript'
  '.json' = 'application/json'; '.ipynb' = 'application/json'; '.wasm' = 'application/wasm'; '.svg' = 'image/svg+xml'
  '.png' = 'image/png'; '.ico' = 'image/x-icon' }
$server = New-Object System.Net.Sockets.TcpListener([System.Net.IPAddress]::Loopback, $port)
try { $server.Start() } catch {
  Write-Host "Port $port is in use, maybe by this course itself: open http://127.0.0.1:$port/ in your browser."
  exit 1
}
$address = "http://127.0.0.1:$port/"
Write-Host "The course is at $address  Leave this window open. To stop, close it."
Start-Process $address
while ($true) {
  $client = $server.AcceptTcpClient()
  try {
    $stream = $client.GetStream()
    # A browser opens connections in advance; one that asks nothing must not hold up the others.
    $stream.ReadTimeout = 500
    $reader = New-Object System.IO.StreamReader($stream, [System.Text.Encoding]::ASCII, $false, 4096, $true)
    $line = $reader.ReadLine()
    while ($reader.ReadLine()) { }
    $status = '404 Not Found'; $type = 'text/plain'; $bytes = [byte[]]@()
    if ($line -match '^(GET|HEAD) ([^ ?#]+)') {
      $path = [System.Uri]::UnescapeDataString($Matches[2])
      if ($path.EndsWith('/')) { $path += 'index.html' }
      $file = [System.IO.Path]::GetFullPath($root + $path.Replace('/', '\'))
      if ($file.StartsWith($root + '\') -and [System.IO.File]::Exists($file)) {
        $status = '200 OK'
        $type = $types[[System.IO.Path]::GetExtension($file).ToLower()]
        if (-not $type) { $type = 'application/octet-stream' }
        $bytes = [System.IO.File]::ReadAllBytes($file)
      }
    }
    $head = "HTTP/1.1 $status`r`nContent-Type: $type`r`nContent-Length: $($bytes.Length)`r`nCache-Control: no-cache`r`nConnection: close`r`n`r`n"
    $head = [System.Text.Encoding]::ASCII.GetBytes($head)
    $stream.Write($head, 0, $head.Length)
    $stream.Write($bytes, 0, $bytes.Length)
  } catch { } finally { $client.Close() }
}
