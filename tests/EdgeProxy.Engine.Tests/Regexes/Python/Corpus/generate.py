#!/usr/bin/env python3
"""Asks Python's own re module what patterns match, and writes cases.json and characters.json beside this script.

    python3 generate.py [seed and number of random patterns]

The files in the repository were made by Python 3.11 (Unicode 14) with the defaults. The same seed gives the same
files on the same Python. Left out, because Python versions differ or Python is wrong about them: character names,
the flag t, group numbers that are not plain digits, and letters beyond U+FFFF without regard to case.
"""

import json
import pathlib
import random
import re
import signal
import sys
import unicodedata
import warnings

FEW = list('aaaabbbbc')
MANY = FEW + list('aabb') + list('cdxABKS019_ -.@\n\u00e9\u00df\u212a\u017f\u0131\u03c3\u03a3\u03c2\u00b5\u0301\u00b2\u0663\x1c')
MANY += ['\U0001F600', '\U0001D4B3', '\U00010400']
FLAGS = ['i', 's', 'm', 'a', 'u', 'x', 'ai', 'im', 'is', 'mx']
SCOPED = ['i', 's', 'm', 'i-s', '-i', 'a', 'u', 'x', '-m', 'is', 'x-i']
QUANTIFIERS = ['*', '+', '?', '{2}', '{1,2}', '{,2}', '{1,}', '{0,3}', '{2,3}', '{0}']
ESCAPES = ['\\x61', '\\u0061', '\\U00000062', '\\141', '\\0', '\\07', '\\n', '\\t', '\\.', '\\-', '\\U0001F600',
           '{', '{,', '{a}', '}', ']', '(?#c)']
IN_SETS = ['\\b', '\\x41', '\\u0062', '\\101', '-', ']', '[', '&&', '||', '^', '\\]', '\\-', '\\U0001F600', '\\n']
DAMAGE = list('()[]{}*+?|\\^$.,-:=!<>#P01abdiwsxmu') + ['(?', '(?P<', '[^', '{2,', '(?i)', '(?x)', '\\u', '\\x']

# What people write into dashboards, with texts that do and do not match.
COMMON = {
    r'^[\w.+-]+@[\w-]+\.[\w.-]+$': ['a.b+c@example.com', 'a@b', 'a b@example.com', 'a@example.com\n', 'ä@exämple.de'],
    r'.*@(flagsmith|example)\.(com|org)$': ['x@flagsmith.com', 'x@flagsmith.org ', 'x@evil.com', '@example.org'],
    r'(?i)^(DE|AT|CH)$': ['de', 'At', 'deu', 'fr', 'CH\n', ''],
    r'^\d{1,3}(\.\d{1,3}){3}$': ['10.0.0.1', '10.0.0', '1000.0.0.1', '10.0.0.1\n', '١٠.0.0.1'],
    r'^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}\Z': ['255.255.255.255', '256.1.1.1', '1.1.1.1\n'],
    r'^v?(?P<major>0|[1-9]\d*)\.(?P<minor>0|[1-9]\d*)\.(?P<patch>0|[1-9]\d*)(?:-[\w.]+)?$': ['1.2.3', 'v01.2.3', '1.2.3-rc.1', '1.2'],
    r'^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$': ['8a5b6c7d-1234-4abc-89ab-0123456789ab', '8A5B6C7D-1234-4abc-89ab-0123456789ab'],
    r'^(?!.*(test|staging)).*$': ['production', 'my-staging-1', '', 'a\ntest'],
    r'^(?=.*\d)(?=.*[a-z])(?=.*[A-Z]).{8,}$': ['Passw0rd', 'password', 'Pa0', 'PASSW0RDx'],
    r'^(premium|pro)(_annual)?$': ['premium', 'pro_annual', 'pro_monthly', 'Pro'],
    r'^user-[1-9]\d{0,5}$': ['user-1', 'user-0', 'user-999999', 'user-1000000'],
    r'^(.)\1{2,}$': ['aaa', 'aab', 'aa', '\U0001F600\U0001F600\U0001F600'],
    r'''^(?P<quote>['"]).*?(?P=quote)$''': ['"a"', '\'a"', '""', '"'],
    r'^(\()?\d+(?(1)\)|$)': ['(1)', '1', '(1', '1)', '12'],
    r'\bbeta\b': ['beta', 'beta-user', 'betas', 'a beta', '\u03b2beta'],
    r'.*\b(ios|android)\b': ['app ios 17', 'kiosk', 'on android', 'android_'],
    r'^https?://[^/\s]+(/.*)?$': ['https://a.b/c d', 'http://', 'https://a b', 'ftp://a'],
    r'^(Mozilla|Opera)/\d+(\.\d+)*': ['Mozilla/5.0 (X11)', 'Opera/9', 'mozilla/5.0'],
    r'[A-Z]{2}-\d{3,4}': ['AB-123', 'AB-12', 'xAB-123', 'AB-12345'],
    r'^\s*$': ['', ' \t', ' x', '\x1f', '\u3000\n'],
    r'^[^@]+$': ['abc', 'a@b', '', '\U0001F600'],
    r'^.{1,5}$': ['abc', 'abcdef', '\U0001F600' * 5, '\U0001F600' * 6, ''],
    r'(?x) ^ \d+  # digits' '\n' r' [ ] \w $': ['12 a', '12a', '12  a'],
    r'(?s)a.b': ['a\nb', 'ab'],
    r'a.b': ['a\nb', 'a\rb', 'a\u2028b'],
    r'(?m)a$': ['a\nb', 'ab'],
    r'x*+x': ['xxx', 'x'],
    r'(?>a|ab)c': ['abc', 'ac'],
    r'(?<=a)b|(?<!a)c': ['b', 'c'],
    r'a(?<=a)b': ['ab', 'b'],
    r'[[:alpha:]]+': ['a', ':', 'a]', '[]'],
    r'[]-a]+$': [']', '_', 'b'],
    r'\d+%': ['50%', '5 %'],
    r'': ['', 'x'],
    r'[': [],
    r'*': [],
    r'a{2,1}': [],
    r'(?P<a>.)(?P<a>.)': [],
    r'(?<n>a)': [],
    r'\k<n>': [],
    r'\p{L}': [],
    r'\z': [],
    r'a(?i)b': [],
    r'(?<=a+)b': [],
}


class Patterns:
    """One random pattern: mostly valid, with references to its own groups."""

    def __init__(self, rng, letters, irregular):
        self.rng, self.letters, self.irregular = rng, letters, irregular
        self.opened, self.closed, self.names = 0, [], []

    def letter(self):
        letter = self.rng.choice(self.letters)
        return '\\' + letter if letter in '.-' and self.rng.random() < .7 else letter

    def set(self):
        items = []
        for _ in range(self.rng.randint(1, 3)):
            kind = self.rng.random()
            if kind < .45:
                items.append(self.letter())
            elif kind < .65:
                first, last = sorted(self.rng.choices(self.letters, k=2))
                items.append(f'{re.escape(first)}-{re.escape(last)}')
            elif kind < .85:
                items.append('\\' + self.rng.choice('dDsSwW'))
            else:
                items.append(self.rng.choice(IN_SETS))
        return f"[{'^' if self.rng.random() < .3 else ''}{''.join(items)}]"

    def group(self, depth):
        if self.rng.random() < .25:
            return f'(?:{self.alternation(depth)})'
        self.opened += 1
        number, start = self.opened, '('
        if self.rng.random() < .25:
            start = f'(?P<n{number}>'
        group = f'{start}{self.alternation(depth)})'
        self.closed.append(str(number))
        if start != '(':
            self.names.append(f'n{number}')
        return group

    def irregular_atom(self, depth):
        kind = self.rng.random()
        if kind < .25:
            return f"(?{self.rng.choice('=!')}{self.alternation(depth)})"
        if kind < .45:
            return f"(?<{self.rng.choice('=!')}{''.join(self.letter() for _ in range(self.rng.randint(0, 2)))})"
        if kind < .75:
            if self.names and self.rng.random() < .4:
                return f'(?P={self.rng.choice(self.names)})'
            return '\\' + self.rng.choice(self.closed or ['1'])
        if kind < .9:
            no = f'|{self.sequence(depth)}' if self.rng.random() < .7 else ''
            return f"(?({self.rng.choice(self.closed + self.names or ['1'])}){self.sequence(depth)}{no})"
        return f'(?>{self.alternation(depth)})'

    def atom(self, depth):
        kind = self.rng.random()
        if depth == 0 or kind < .4:
            return self.letter()
        if kind < .46:
            return '.'
        if kind < .56:
            return self.set()
        if kind < .63:
            return '\\' + self.rng.choice('dDsSwW')
        if kind < .68:
            return self.rng.choice(['^', '$', '\\A', '\\Z', '\\b', '\\B'])
        if kind < .71:
            return self.rng.choice(ESCAPES)
        if kind < .82:
            return self.group(depth - 1)
        if kind < .85:
            return f'(?{self.rng.choice(SCOPED)}:{self.alternation(depth - 1)})'
        return self.irregular_atom(depth - 1) if self.irregular else self.letter()

    def quantifier(self):
        if self.rng.random() < .6:
            return ''
        suffix = self.rng.choice(['', '', '', '?', '+' if self.irregular else ''])
        return self.rng.choice(QUANTIFIERS) + suffix

    def sequence(self, depth):
        return ''.join(self.atom(depth) + self.quantifier() for _ in range(self.rng.choice([0, 1, 1, 2, 2, 3])))

    def alternation(self, depth):
        return '|'.join(self.sequence(depth) for _ in range(self.rng.choice([1, 1, 1, 2])))


def damaged(rng, pattern):
    for _ in range(rng.randint(1, 2)):
        at = rng.randint(0, len(pattern))
        pattern = pattern[:at] + (rng.choice(DAMAGE) if rng.random() < .6 else '') + pattern[at + rng.randint(0, 1):]
    return pattern


def random_pattern(rng):
    letters = rng.choice([FEW, MANY])
    flags = f'(?{rng.choice(FLAGS)})' if rng.random() < .25 else ''
    pattern = flags + Patterns(rng, letters, rng.random() < .5).alternation(rng.choice([1, 2, 3]))
    return damaged(rng, pattern) if rng.random() < .12 else pattern


def random_text(rng):
    letters = rng.choice([FEW, MANY, MANY])
    return ''.join(rng.choices(letters, k=rng.choice([0, 1, 2, 2, 3, 3, 4, 5, 7])))


def is_left_out(pattern):
    ignores_case = re.search(r'\(\?[a-z]*i', pattern)
    return (len(pattern) > 60 or '\\N' in pattern or re.search(r'\(\?[a-z]*[tL]|\(\?\((?![0-9n])', pattern)
            or ignores_case and any(ord(letter) > 0xFFFF for letter in pattern) or ignores_case and '\\U' in pattern)


def case(pattern, texts):
    """A pattern with the texts it matches and those it does not, or with Python's error; None if it takes too long."""
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, ValueError) as error:
        return [pattern, re.sub(r' \(line .*\)$', '', str(error))]
    matching, others = [], []
    signal.setitimer(signal.ITIMER_REAL, .05)
    try:
        for text in texts:
            (matching if compiled.match(text) else others).append(text)
    except (TimeoutError, SystemError):
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return [pattern, matching, others]


def cases(rng, count):
    found = [case(pattern, texts) for pattern, texts in COMMON.items()]
    seen = set(COMMON)
    while len(found) < count + len(COMMON):
        pattern = random_pattern(rng)
        if pattern in seen or is_left_out(pattern):
            continue
        seen.add(pattern)
        answer = case(pattern, sorted({random_text(rng) for _ in range(6)}))
        # Of patterns that match everything or nothing only some are worth their space.
        if answer and (len(answer) == 2 or answer[1] and answer[2] or rng.random() < .15):
            found.append(answer)
    return found


def ranges(predicate):
    """The code points for which something holds, as first, last, first, last..."""
    bounds, inside = [], False
    for code_point in range(0x110001):
        holds = code_point < 0x110000 and bool(predicate(chr(code_point)))
        if holds != inside:
            bounds.append(code_point if holds else code_point - 1)
            inside = holds
    return bounds


def letter_cases():
    """For every letter with several spellings all that match it without regard to case."""
    cased = [chr(code_point) for code_point in range(0x20000)
             if chr(code_point).lower() != chr(code_point) or chr(code_point).upper() != chr(code_point)]
    text = ''.join(cased)
    return [''.join(re.findall(f'(?i){re.escape(letter)}', text)) for letter in cased]


def write(name, content, separator):
    path = pathlib.Path(__file__).with_name(name)
    lines = separator.join(json.dumps(item, separators=(',', ':')) for item in content)
    path.write_text(f'[\n{lines}\n]\n', encoding='ascii')


def main():
    warnings.simplefilter('ignore')

    def give_up(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    seed, count = [int(argument) for argument in sys.argv[1:]] or (2026, 2200)
    write('cases.json', cases(random.Random(seed), count), ',\n')
    write('characters.json', [
        ranges(re.compile(r'\w').match), ranges(re.compile(r'\d').match), ranges(re.compile(r'\s').match),
        ranges(lambda character: unicodedata.category(character) == 'Cn'), letter_cases()], ',\n')


if __name__ == '__main__':
    main()
