// Put what was built into the Python package, beside course.json, which `medialit build` writes.
const fs = require('fs');
const path = require('path');

const from = path.join(__dirname, 'build');
const to = path.join(__dirname, '..', 'src', 'medialit', 'labextensions', 'medialit');
for (const name of ['static', 'schemas', 'package.json']) {
  fs.rmSync(path.join(to, name), { recursive: true, force: true });
  fs.cpSync(path.join(from, name), path.join(to, name), { recursive: true });
}
