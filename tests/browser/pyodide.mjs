// node pyodide.mjs SITE PYTHON FOLDER…: runs a Python file in Pyodide with the packages of a built site; FOLDERs are copied to /course.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [site, code, ...folders] = process.argv.slice(2).map(name => path.resolve(name));
const home = path.join(site, 'live', 'static', 'pyodide');
const { loadPyodide } = await import(pathToFileURL(path.join(home, 'pyodide.mjs')));
const python = await loadPyodide({ indexURL: home + path.sep, packages: ['medialit'], stdout: line => console.log(line) });
for (const folder of folders) {
  const place = `/course/${path.basename(folder)}`;
  python.FS.mkdirTree(place);
  for (const name of fs.readdirSync(folder).filter(name => name.endsWith('.ipynb'))) {
    python.FS.writeFile(`${place}/${name}`, fs.readFileSync(path.join(folder, name)));
  }
}
python.FS.chdir('/course/notebooks');
python.runPython(fs.readFileSync(code, 'utf8'));
