@echo off
cd /d "%~dp0"
py -3 serve.py 2>nul && exit /b
python -c "" 2>nul && python serve.py && exit /b
powershell -NoProfile -ExecutionPolicy Bypass -File serve.ps1
pause
