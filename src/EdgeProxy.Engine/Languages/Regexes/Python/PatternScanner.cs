using System.Text;

namespace EdgeProxy.Engine.Languages.Regexes.Python;

/// <summary>
/// Cuts a pattern into tokens, one ahead of the parser. A backslash takes the next character with it everywhere, in
/// comments and names too: <c>(?#a\)b)</c> is one comment.
/// </summary>
internal sealed class PatternScanner
{
    private readonly int[] _pattern;
    private int _index;

    public PatternScanner(string pattern)
    {
        _pattern = CodePoints.FromText(pattern);
        Read();
    }

    /// <summary>The token that <see cref="Take"/> would return.</summary>
    public PatternToken Next { get; private set; }

    /// <summary>The position of <see cref="Next"/>, in code points.</summary>
    public int Position => _index - Next.Length;

    public PatternToken Take()
    {
        var token = Next;
        Read();
        return token;
    }

    public bool TakeIf(char character)
    {
        if (!Next.Is(character))
        {
            return false;
        }

        Read();
        return true;
    }

    /// <summary>The name up to a terminator, which is taken as well.</summary>
    public string TakeUntil(char terminator, string what)
    {
        var start = Position;
        var name = new StringBuilder();
        while (!Next.Is(terminator))
        {
            if (Next.IsEnd)
            {
                throw name.Length == 0
                    ? Error($"missing {what}")
                    : new PatternException($"missing {terminator}, unterminated name", start);
            }

            name.Append(Take().ToString());
        }

        Read();
        return name.Length == 0 ? throw new PatternException($"missing {what}", start) : name.ToString();
    }

    /// <summary>Goes back to where a token began.</summary>
    public void Rewind(int position)
    {
        _index = position;
        Read();
    }

    /// <summary>An error so many code points before the next token.</summary>
    public PatternException Error(string message, int back = 0) => new(message, Position - back);

    private void Read()
    {
        if (_index >= _pattern.Length)
        {
            Next = PatternToken.End;
            return;
        }

        var isEscape = _pattern[_index] == '\\';
        if (isEscape && _index + 1 == _pattern.Length)
        {
            throw new PatternException("bad escape (end of pattern)", _index);
        }

        _index += isEscape ? 2 : 1;
        Next = new PatternToken(_pattern[_index - 1], isEscape);
    }
}
