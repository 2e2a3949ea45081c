'use strict';

// The page shows verdict, counts and problems without this script, which makes the table searchable and
// opens rows. Anything from the file becomes text nodes, never markup.

const byId = id => document.getElementById(id);
const number = n => n.toLocaleString('en');
const plural = (n, word) => `${number(n)} ${word}${n === 1 ? '' : 's'}`;

// ---- elements

// element makes an element: attributes first, then texts and elements.
function element(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

const vector = document.querySelector('svg').namespaceURI;

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(vector, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter(child => child !== undefined && child !== null));
  return node;
}

// Characters that are invisible or change the direction of the text after them.
const hidden = /([\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff])/;

// shown returns a text with its hidden characters spelled out, isolated from the text around it.
function shown(text) {
  const parts = String(text).split(hidden).map((part, i) => i % 2 === 0 ? part : spelledOut(part));
  return element('bdi', {}, ...parts);
}

function spelledOut(character) {
  const code = 'U+' + character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return element('span', {class: 'hidden-character'}, `[${code}]`);
}

// ---- data

const facts = JSON.parse(byId('facts').textContent);
const fieldNamed = new Map(facts.fields.map(field => [field.name, field]));
const rows = readRows();

function readRows() {
  const all = [];
  for (const block of document.querySelectorAll('script.rows')) {
    for (const row of JSON.parse(block.textContent)) all.push(row);
    block.remove(); // or the browser keeps everything twice
  }
  return all;
}

function readingsOf(row) {
  return (row.readings ?? []).map(reading => {
    if (typeof reading === 'number') return facts.readings[reading];
    const [field, column, value, read, rule] = reading;
    return {field: facts.fields[field].name, column, value, read, rule};
  });
}

const strings = /("(?:[^"\\]|\\.)*")|-?\d{16,}/g;

// parseBody parses a body without rounding long ids, which become texts.
function parseBody(body) {
  return body ? JSON.parse(body.replace(strings, (all, string) => string ?? `"${all}"`)) : {};
}

function at(tree, name) {
  return name.split('.').reduce((node, part) => node?.[part], tree);
}

// asText returns a value as a person would type it.
function asText(name, value) {
  if (value === undefined) return undefined;
  if (name.endsWith('_hours')) return hoursText(value);
  return name.endsWith('.dtmf') ? value.map(key => `${key.input}=${target(key.options)}`).join('; ') : String(value);
}

function hoursText(times) {
  if (times.length === 0) return 'closed';
  return times.map((time, i) => (i === 0 ? '' : i % 2 ? '-' : ', ') + time).join('');
}

function target(to) {
  const whom = [to.action_target_type, to.action_target_id].filter(Boolean).join(' ');
  return [to.action?.replaceAll('_', ' '), whom && `(${whom})`].filter(Boolean).join(' ') || 'nothing said';
}

// ---- which rows

const state = {words: [], status: '', country: '', group: '', sort: 'row', down: false, page: 0, open: new Set(), found: rows};
const worstFirst = ['unknown', 'refused', 'invalid', 'pending', 'ready', 'exists', 'created'];
const collator = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});
const groups = new Map(facts.groups.map(group => [groupKey(group.warning, group.kind, group.place, group.words), group.number]));

function groupKey(warning, kind, place, words) {
  return JSON.stringify([Boolean(warning), kind, place ?? '', words ?? '']);
}

function groupOf(problem, warning) {
  const place = problem.field ?? problem.column;
  return groups.get(groupKey(warning, problem.kind, '', problem.message)) ?? groups.get(groupKey(warning, problem.kind, place, ''));
}

function groupsOf(row) {
  row.groups ??= [...(row.problems ?? []).map(p => groupOf(p, false)), ...(row.warnings ?? []).map(p => groupOf(p, true))];
  return row.groups;
}

const memberNames = /"[a-z0-9_]+":/g; // quotes inside a text have a backslash before them

function values(body) {
  const text = body.replace(memberNames, ' ');
  return text.includes('\\') ? text.replace(/\\(["\\])/g, '$1') : text;
}

// haystack returns the text of a row that is searched. It is made on first use.
function haystack(row) {
  row.haystack ??= [row.row, row.name, row.country, row.office_id, row.key, row.company_id, row.words, row.request_id, ...(row.candidates ?? []),
    ...[...(row.problems ?? []), ...(row.warnings ?? [])].flatMap(p => [p.column, p.value, p.message, p.suggestion]),
    values(row.body ?? '')].join('\n').toLowerCase();
  return row.haystack;
}

// prepare makes the haystacks while the browser is idle.
function prepare(from) {
  const until = performance.now() + 12;
  while (from < rows.length && performance.now() < until) haystack(rows[from++]);
  if (from < rows.length) setTimeout(prepare, 0, from);
}

function matches(row) {
  return (!state.status || row.status === state.status) && (!state.country || row.country === state.country) &&
    (state.group === '' || groupsOf(row).includes(Number(state.group))) && state.words.every(word => haystack(row).includes(word));
}

function compare(a, b) {
  switch (state.sort) {
    case 'row': return a.row - b.row;
    case 'status': return worstFirst.indexOf(a.status) - worstFirst.indexOf(b.status);
  }
  return collator.compare(a[state.sort] ?? '', b[state.sort] ?? '');
}

function find() {
  state.found = rows.filter(matches);
  if (state.sort !== 'row' || state.down) state.found.sort((a, b) => state.down ? compare(b, a) : compare(a, b));
}

// ---- the table

const table = byId('table');
const body = table.tBodies[0];
const columns = table.tHead.rows[0].cells.length;

function pageSize() { return Number(byId('size').value); }

function pageRows() {
  return state.found.slice(state.page * pageSize(), (state.page + 1) * pageSize());
}

function show(list) {
  body.replaceChildren(...list.flatMap(row => state.open.has(row) ? [line(row), detail(row)] : [line(row)]));
}

function render() {
  state.page = Math.max(0, Math.min(state.page, pages() - 1));
  show(pageRows());
  renderCount();
}

function pages() { return Math.ceil(state.found.length / pageSize()); }

function renderCount() {
  const all = state.found.length === rows.length;
  byId('count').textContent = all ? `All ${plural(rows.length, facts.unit)}` : `${plural(state.found.length, facts.unit)} of ${number(rows.length)}`;
  byId('pager').hidden = pages() < 2;
  byId('page').textContent = `Page ${number(state.page + 1)} of ${number(pages())}`;
  byId('previous').setAttribute('aria-disabled', state.page === 0);
  byId('next').setAttribute('aria-disabled', state.page + 1 >= pages());
}

function line(row) {
  return element('tr', {id: `row-${row.row}`},
    element('td', {class: 'number'}, number(row.row)),
    element('th', {scope: 'row', class: 'name'}, opener(row), said(row)),
    element('td', {class: 'country'}, shown(row.country)),
    element('td', {class: 'zone'}, shown(row.zone ?? '')),
    element('td', {}, element('span', {class: `status ${row.status}`}, row.status)),
    facts.ids ? element('td', {class: 'id'}, row.office_id ?? '') : undefined);
}

function opener(row) {
  const open = state.open.has(row);
  const button = element('button', {type: 'button', class: 'opener', 'aria-expanded': String(open), 'aria-controls': open && `detail-${row.row}`}, shown(row.name || '(no name)'));
  button.onclick = () => toggle(row);
  return button;
}

function said(row) {
  const all = [...(row.problems ?? []).map(p => saidOnce('problem', p)), ...(row.warnings ?? []).map(p => saidOnce('warning', p))];
  return all.length > 0 ? element('ul', {class: 'said'}, ...all) : undefined;
}

function saidOnce(kind, problem) {
  const place = problem.column ? `column "${problem.column}": ` : problem.field ? `${problem.field}: ` : '';
  return element('li', {class: kind}, shown(place + problem.message + (problem.suggestion ? `; ${problem.suggestion}` : '')));
}

function toggle(row) {
  if (!state.open.delete(row)) state.open.add(row);
  render();
  byId(`row-${row.row}`)?.querySelector('.opener').focus();
}

// ---- a row in full

function detail(row) {
  const tree = parseBody(row.body);
  return element('tr', {class: 'detail', id: `detail-${row.row}`}, element('td', {colspan: columns}, element('div', {class: 'panes'},
    element('div', {}, cells(row, tree)),
    element('div', {}, came(row), differs(row), week(row, tree), calls(tree), request(row)))));
}

function part(title, ...children) {
  return element('section', {}, element('h3', {}, title), ...children);
}

function pairs(...list) {
  return element('dl', {class: 'pairs'}, ...list.filter(([, value]) => value).map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value instanceof Node ? value : shown(value)))));
}

function came(row) {
  const list = [['Attempts', row.attempts], ['HTTP status', row.http_status], ['Answer', row.words], ['Office id', row.office_id],
    ['May be office', row.candidates?.join(' or ')], ['Sent', row.sent_at], ['Settled', row.settled_at], ['Request id', row.request_id]];
  const who = [['Key', row.key], ['Company', row.company_id]];
  return part('What came back', list.some(([, value]) => value) ? pairs(...list, ...who) : pairs(['Sent', 'nothing, so far'], ...who));
}

function differs(row) {
  if (!row.differs) return undefined;
  return part('What the server stored otherwise', element('table', {class: 'cells'}, heading('Field', 'Sent', 'Stored'),
    element('tbody', {}, ...row.differs.map(d => element('tr', {class: 'changed'}, fieldCell(d.field), element('td', {}, shown(d.sent)), element('td', {class: 'value'}, shown(d.stored)))))));
}

function heading(...names) {
  return element('thead', {}, element('tr', {}, ...names.map(name => element('th', {scope: 'col'}, name))));
}

function fieldCell(name, ...more) {
  return element('th', {scope: 'row'}, fieldNamed.get(name)?.label ?? name, ...more);
}

function cells(row, tree) {
  if (!row.body) return part('Cells', element('p', {}, `The file no longer has this ${facts.unit}: the journal alone knows of it.`));
  const readings = readingsOf(row);
  const lines = facts.fields.map(field => cellLine(row, field, readings.find(r => r.field === field.name), asText(field.name, at(tree, field.name)))).filter(Boolean);
  const left = facts.fields.length - lines.length;
  return part('Each cell, and what is sent for it', element('table', {class: 'cells'}, heading('Field', 'Cell as it stands', 'Value'), element('tbody', {}, ...lines)),
    left > 0 ? element('p', {}, element('em', {}, `${plural(left, 'field')} left out, as no cell gives them.`)) : undefined);
}

// cellLine returns undefined if nothing gives the field. A cell without a reading is sent as it is.
function cellLine(row, field, reading, value) {
  const problems = (row.problems ?? []).filter(p => p.field === field.name);
  if (!reading && value === undefined && problems.length === 0) return undefined;
  const columns = columnsOf(field.name) || reading?.column || problems[0]?.column;
  const cell = reading ? reading.column && reading.value : problems.find(p => p.value)?.value ?? (columns && value);
  const changed = reading && reading.read !== cell && !facts.rules[reading.rule]?.trivial;
  return element('tr', {class: problems.length > 0 ? 'problem' : changed && 'changed'},
    fieldCell(field.name, element('small', {}, columns ? shown(columns) : 'no column')),
    element('td', {}, cell === undefined || cell === '' ? element('em', {}, columns ? 'empty' : 'no cell') : shown(cell)),
    element('td', {class: 'value'}, value === undefined ? element('em', {}, 'none') : shown(reading?.read ?? value),
      reading && element('small', {}, changed ? 'changed: ' : '', facts.rules[reading.rule]?.words ?? reading.rule),
      ...problems.map(p => element('small', {class: 'why'}, shown(p.message), p.suggestion ? '; ' : '', shown(p.suggestion ?? '')))));
}

function columnsOf(name) {
  return facts.columns.filter(column => column.fields?.includes(name)).map(column => `${column.letter} ${column.heading}`).join(', ');
}

function request(row) {
  if (!row.body) return undefined;
  const bytes = new TextEncoder().encode(row.body).length;
  const button = element('button', {type: 'button', class: 'copy'}, `Copy the exact ${number(bytes)} bytes`);
  button.onclick = () => copy(row.body, button);
  return part(`Request, ${row.about}`, button, element('pre', {class: 'body'}, shown(pretty(row.body))));
}

// Lists of texts, such as hours, are one token, so that they stay on one line.
const tokens = /\{\}|\[(?:"(?:[^"\\]|\\.)*",?)*\]|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^{}[\],:\s"]+/g;

// pretty indents JSON without parsing it, so that no digit changes.
function pretty(json) {
  let indent = '\n';
  return json.match(tokens).map(token => {
    if (token === '{' || token === '[') return token + (indent += '  ');
    if (token === '}' || token === ']') return (indent = indent.slice(0, -2)) + token;
    return token === ',' ? token + indent : token === ':' ? ': ' : token;
  }).join('');
}

// ---- hours and calls

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const minutes = time => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function week(row, tree) {
  if (tree.hours_on === undefined && !days.some(day => tree[`${day}_hours`])) return undefined;
  return part('Opening hours', tree.hours_on ? undefined : element('p', {}, 'Opening hours are off: the office is always open, and these have no effect.'),
    element('ul', {class: 'week'}, ...days.map((name, i) => day(row, name, tree[`${name}_hours`], i > 4))));
}

// day shows the server's default, outlined, if the row gives no hours.
function day(row, name, times, weekend) {
  const problem = !times && row.problems?.some(p => p.field === `${name}_hours`);
  const open = times ?? (weekend || problem ? [] : ['08:00', '18:00']);
  const words = problem ? 'see problems' : hoursText(open) + (times ? '' : ' by default');
  return element('li', {class: times ? undefined : 'default'}, element('span', {}, name[0].toUpperCase() + name.slice(1, 3)), clock(open), element('span', {class: 'number'}, words));
}

function clock(times) {
  const bars = [];
  for (let i = 0; i + 1 < times.length; i += 2) {
    const [opens, closes] = [minutes(times[i]), minutes(times[i + 1])];
    if (closes > opens) bars.push(svg('rect', {class: 'open', x: opens, y: 2, width: closes - opens, height: 6, 'vector-effect': 'non-scaling-stroke'}));
  }
  return svg('svg', {viewBox: '0 0 1440 10', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
    svg('rect', {class: 'track', x: 0, y: 0, width: 1440, height: 10, 'vector-effect': 'non-scaling-stroke'}), ...bars,
    svg('path', {class: 'noon', d: 'M720 0v10', 'vector-effect': 'non-scaling-stroke'}));
}

function calls(tree) {
  const routing = tree.routing_options ?? {};
  if (!tree.first_action && !tree.no_operators_action && !routing.open && !routing.closed) return undefined;
  return part('What a call meets', pairs(['First', tree.first_action], ['Rings for', tree.ring_seconds && `${tree.ring_seconds} s`], ['Nobody there', tree.no_operators_action?.replaceAll('_', ' ')]),
    ...route('In hours', routing.open), ...route('Out of hours', routing.closed));
}

function route(when, to) {
  if (!to) return [];
  const rung = to.try_dial_operators === undefined ? undefined : to.try_dial_operators ? `rung first, ${to.operator_routing ?? 'in no order that is said'}` : 'not rung';
  const keys = (to.dtmf ?? []).map(key => element('li', {}, element('kbd', {}, key.input), ' ', shown(target(key.options))));
  return [element('h4', {}, when), pairs(['Operators', rung], ['Then', target(to)], ['Keys', keys.length && element('ul', {class: 'menu'}, ...keys)])];
}

// ---- copying

async function copy(text, button) {
  const before = button.textContent;
  button.textContent = await copied(text) ? 'Copied' : 'Not copied: select the text';
  setTimeout(() => { button.textContent = before; }, 2000);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // not allowed or not supported: use the older way
    const area = element('textarea', {class: 'unseen', 'aria-hidden': 'true'}, text);
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

// ---- what a person does

const controls = byId('controls');

function refilter() {
  state.words = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const name of ['status', 'country', 'group']) state[name] = byId(name).value;
  state.page = 0;
  find();
  render();
}

function sortBy(header) {
  state.down = state.sort === header.dataset.sort && !state.down;
  state.sort = header.dataset.sort;
  for (const other of table.tHead.rows[0].cells) {
    if (other === header) other.setAttribute('aria-sort', state.down ? 'descending' : 'ascending');
    else other.removeAttribute('aria-sort');
  }
  refilter();
}

function turn(button, by) {
  if (button.getAttribute('aria-disabled') === 'true') return;
  state.page += by;
  render();
}

function openAll() {
  const all = pageRows();
  const close = all.every(row => state.open.has(row));
  for (const row of all) close ? state.open.delete(row) : state.open.add(row);
  render();
}

function clear() {
  for (const control of controls.elements) control.value = control.type === 'reset' ? control.value : '';
}

// only shows the rows of one filter and clears all others.
function only(name, value) {
  clear();
  byId(name).value = value;
  refilter();
  byId('rows').scrollIntoView();
  byId('rows').focus({preventScroll: true});
}

// reveal opens the row in the address of the page.
function reveal() {
  const row = rows.find(row => location.hash === `#row-${row.row}`);
  if (!row) return;
  if (!state.found.includes(row)) {
    clear();
    refilter();
  }
  state.page = Math.floor(state.found.indexOf(row) / pageSize());
  state.open.add(row);
  render();
  byId(`row-${row.row}`).scrollIntoView();
  byId(`row-${row.row}`).querySelector('.opener').focus({preventScroll: true});
}

// arrows moves from row to row with the arrow keys.
function arrows(event) {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (!step || !event.target.matches('.opener')) return;
  const all = [...body.querySelectorAll('.opener')];
  all[all.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}

function sortButtons() {
  for (const header of table.tHead.rows[0].cells) {
    const button = element('button', {type: 'button'}, header.textContent);
    header.dataset.label = header.textContent;
    button.onclick = () => sortBy(header);
    header.replaceChildren(button);
  }
  table.tHead.rows[0].cells[0].setAttribute('aria-sort', 'ascending');
}

function countryOptions() {
  const codes = new Set(rows.map(row => row.country).filter(Boolean));
  for (const code of [...codes].sort()) byId('country').append(element('option', {value: code}, countryName(code)));
}

function countryName(code) {
  try {
    return `${code} ${new Intl.DisplayNames(['en'], {type: 'region'}).of(code)}`;
  } catch { // not a country code: show the cell as it is
    return code;
  }
}

function listen() {
  controls.oninput = refilter;
  controls.onsubmit = event => event.preventDefault();
  controls.onreset = event => { event.preventDefault(); clear(); refilter(); };
  byId('size').onchange = render;
  byId('open-all').onclick = openAll;
  byId('previous').onclick = event => turn(event.target, -1);
  byId('next').onclick = event => turn(event.target, 1);
  body.onkeydown = arrows;
  for (const button of document.querySelectorAll('.show')) button.onclick = () => only('group', button.dataset.group);
  for (const link of document.querySelectorAll('.tiles a')) link.onclick = event => { event.preventDefault(); only('status', link.dataset.status); };
  for (const button of document.querySelectorAll('.command .copy')) button.onclick = () => copy(button.previousElementSibling.textContent, button);
  window.onhashchange = reveal;
  window.onbeforeprint = () => show(state.found); // paper has no button for the next page
  window.onafterprint = render;
}

function start() {
  sortButtons();
  countryOptions();
  listen();
  for (const waiting of document.querySelectorAll('[hidden]')) waiting.hidden = false;
  render();
  reveal();
  setTimeout(prepare, 0, 0);
}

start();
