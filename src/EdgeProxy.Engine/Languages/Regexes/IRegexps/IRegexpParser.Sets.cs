using System.Text;

namespace EdgeProxy.Engine.Languages.Regexes.IRegexps;

internal sealed partial class IRegexpParser
{
    // Sets of hundreds of ranges; patterns name the same few categories again and again.
    private readonly Dictionary<IReadOnlyList<(int First, int Last)>, CodePointSet> _categorySets = [];

    /// <summary><c>charClassExpr</c>, <c>charClassEsc</c> or <c>SingleCharEsc</c>.</summary>
    private CodePointSet? Set()
    {
        if (_cursor.TryTake('['))
        {
            return ClassExpression();
        }

        if (CategoryEscape() is { } category)
        {
            return CategorySet(category);
        }

        return TryClassCharacter(out var escaped) ? Only(escaped) : null;
    }

    /// <summary>From behind the bracket. A hyphen stands for itself only as the very first and the very last.</summary>
    private CodePointSet? ClassExpression()
    {
        var negated = _cursor.TryTake('^');
        var ranges = new List<(int First, int Last)>();
        var categories = new HashSet<IReadOnlyList<(int First, int Last)>>();
        do
        {
            var isFirst = ranges.Count == 0 && categories.Count == 0;
            if (_cursor.TryTake('-'))
            {
                ranges.Add(('-', '-'));
                if (!isFirst && _cursor.Current != ']')
                {
                    return null;
                }
            }
            else if (CategoryEscape() is { } category)
            {
                categories.Add(category); // hundreds of ranges each; once is enough
            }
            else if (!TryRange(ranges))
            {
                return null;
            }
        }
        while (!_cursor.TryTake(']'));

        var all = ranges.Concat(categories.SelectMany(static category => category));
        return negated ? CharacterSets.AllBut(all) : CharacterSets.AllOf(all);
    }

    /// <summary><c>CCE1</c> but for categories: a range or a character.</summary>
    private bool TryRange(List<(int First, int Last)> ranges)
    {
        if (!TryClassCharacter(out var first))
        {
            return false;
        }

        var last = first;
        var hyphen = _cursor.Offset;
        if (_cursor.TryTake('-'))
        {
            if (_cursor.Current == ']')
            {
                _cursor.Offset = hyphen; // the last character of the class, not the middle of a range
            }
            else if (!TryClassCharacter(out last) || last < first)
            {
                return false;
            }
        }

        ranges.Add((first.Value, last.Value));
        return true;
    }

    /// <summary><c>CCchar</c>: any character but those that mean something in brackets, which are escaped.</summary>
    private bool TryClassCharacter(out Rune character)
    {
        if (!_cursor.TryTake('\\'))
        {
            return _cursor.TryTakeRune(out character) && character.Value is not ('-' or '[' or ']');
        }

        var escaped = _cursor.Current;
        character = new Rune(escaped switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '(' or ')' or '*' or '+' or '-' or '.' or '?' or '[' or '\\' or ']' or '^' or '{' or '|' or '}' => escaped,
            _ => '\0',
        });
        return character.Value != 0 && _cursor.TryTake(escaped);
    }

    private CodePointSet CategorySet(IReadOnlyList<(int First, int Last)> category)
    {
        if (!_categorySets.TryGetValue(category, out var set))
        {
            set = CharacterSets.AllOf(category);
            _categorySets.Add(category, set);
        }

        return set;
    }

    /// <summary><c>\p{L}</c> or <c>\P{Lu}</c>; the cursor stays where it is no such escape.</summary>
    private IReadOnlyList<(int First, int Last)>? CategoryEscape()
    {
        var start = _cursor.Offset;
        var negated = _cursor.TryTake(@"\P{");
        if (negated || _cursor.TryTake(@"\p{"))
        {
            var category = _categories.Find(_cursor.TakeWhile(char.IsAsciiLetter).ToString(), negated);
            if (category is not null && _cursor.TryTake('}'))
            {
                return category;
            }
        }

        _cursor.Offset = start;
        return null;
    }
}
