// Writes the vectors of numbers.txt: the bits of a double in hexadecimal, a comma, and the text
// that ECMAScript gives it. RFC 8785 section 3.2.2.3 takes that text for canonical.
//
//   node tests/vectors/jcs/make_numbers.mjs >tests/vectors/jcs/numbers.txt

const view = new DataView(new ArrayBuffer(8));
const lines = new Set();

function add(value) {
  if (!Number.isFinite(value)) return;
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0).toString(16).padStart(16, '0');
  lines.add(`${bits},${JSON.stringify(value)}`);
}

function addWithNeighbours(value) {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  for (const near of [bits - 1n, bits, bits + 1n]) {
    view.setBigUint64(0, BigInt.asUintN(64, near));
    add(view.getFloat64(0));
  }
}

// The generator of Marsaglia's xorshift64, so that the file can be made again.
let state = 0x9e3779b97f4a7c15n;
function random() {
  for (const [shift, left] of [[13n, true], [7n, false], [17n, true]])
    state = BigInt.asUintN(64, state ^ (left ? state << shift : state >> shift));
  return state;
}

for (const value of [0, -0, 1, -1, 0.1, 4.5, 1 / 3, Number.MAX_VALUE, 5e-324, 2 ** 53, -(2 ** 53)])
  addWithNeighbours(value);
for (let power = -30; power <= 30; ++power) addWithNeighbours(Number(`1e${power}`));
for (let power = -320; power <= 308; power += 11) add(Number(`-9.5e${power}`));
for (let power = -1074; power <= 1023; power += 9) add(2 ** power);
for (let i = 0; i < 600; ++i) {
  view.setBigUint64(0, random());
  add(view.getFloat64(0));  // any bits
}
for (let i = 0; i < 500; ++i) add(Number(random() % 10n ** (1n + random() % 18n)));  // integers
for (let i = 0; i < 500; ++i) {
  const digits = String(random() % 10n ** 8n);
  add(Number(`${digits.slice(0, 3)}.${digits.slice(3)}e-${random() % 12n}`));  // as people write
}
console.log([...lines].join('\n'));
