// Compile the Python files of wheels with the very Python that will run them in the browser: node compile.mjs PYODIDE FROM TO
import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [from, to] = process.argv.slice(3);
const { loadPyodide } = await import(pathToFileURL(join(process.argv[2], 'pyodide.mjs')));
const python = await loadPyodide();
mkdirSync(to, { recursive: true });
for (const [place, folder] of [['/from', from], ['/to', to]]) {
  python.FS.mkdir(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, place);
}
python.runPython(`
import importlib._bootstrap_external as known, importlib.util, pathlib, zipfile

def compiled(name, data):
    code = compile(data, name, 'exec', dont_inherit=True, optimize=0)
    # Not compared with a date: the files are never changed where they are unpacked.
    return known._code_to_hash_pyc(code, importlib.util.source_hash(data), False)

for path in pathlib.Path('/from').glob('*.whl'):
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(f'/to/{path.name}', 'w', zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            data, date = old.read(name), (2020, 1, 1, 0, 0, 0)
            if name.endswith('/'):
                continue
            if name.endswith('.py') and '.data/' not in name:
                name, data = f'{name}c', compiled(name, data)
            new.writestr(zipfile.ZipInfo(name, date), data, zipfile.ZIP_DEFLATED)
`);
