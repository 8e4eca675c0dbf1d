namespace EdgeProxy.Engine.Languages.Regexes.Python;

internal sealed partial class PatternParser
{
    /// <summary>Reads a set from behind its opening bracket.</summary>
    private CodePointSet ParseSet(int start, PatternFlags flags)
    {
        var set = new CodePointSetBuilder(flags) { IsNegated = _scanner.TakeIf('^') };
        while (true)
        {
            var from = _scanner.Position;
            var token = TakeInSet(start);
            if (token.Is(']') && !set.IsEmpty)
            {
                return set.Build();
            }

            var isClass = TryGetClass(token, out var characterClass);
            var first = isClass ? 0 : ParseCharacterInSet(token);
            if (_scanner.TakeIf('-'))
            {
                if (!_scanner.Next.Is(']'))
                {
                    AddRange(set, token, isClass ? -1 : first, start, from);
                    continue;
                }

                set.Add('-', '-'); // at the end it stands for itself
            }

            if (isClass)
            {
                set.Add(characterClass);
            }
            else
            {
                set.Add(first, first);
            }
        }
    }

    /// <summary>Adds the range to the coming token. Where it begins is -1 for a class, which cannot begin one.</summary>
    private void AddRange(CodePointSetBuilder set, PatternToken firstToken, int first, int start, int from)
    {
        var token = TakeInSet(start);
        var last = TryGetClass(token, out _) ? -1 : ParseCharacterInSet(token);
        if (first < 0 || last < first)
        {
            throw new PatternException($"bad character range {firstToken}-{token}", from);
        }

        set.Add(first, last);
    }

    private PatternToken TakeInSet(int start)
    {
        var token = _scanner.Take();
        return token.IsEnd ? throw new PatternException("unterminated character set", start) : token;
    }

    private int ParseCharacterInSet(PatternToken token)
    {
        if (!token.IsEscape)
        {
            return token.Value;
        }

        return token.Value switch
        {
            'b' => '\b',
            >= '0' and <= '7' => ParseOctal(token),
            '8' or '9' => throw BadEscape(token),
            _ => ParseCharacterEscape(token),
        };
    }

    private static bool TryGetClass(PatternToken token, out CharacterClasses characterClass)
    {
        characterClass = !token.IsEscape ? CharacterClasses.None : token.Value switch
        {
            'd' => CharacterClasses.Digit,
            'D' => CharacterClasses.NotDigit,
            's' => CharacterClasses.Space,
            'S' => CharacterClasses.NotSpace,
            'w' => CharacterClasses.Word,
            'W' => CharacterClasses.NotWord,
            _ => CharacterClasses.None,
        };
        return characterClass != CharacterClasses.None;
    }
}
