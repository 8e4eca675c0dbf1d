using System.Text;
using EdgeProxy.Engine.Languages.Regexes;
using EdgeProxy.Engine.Languages.Regexes.Python;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Texts that a regular expression matches, made from its parts: the shortest way through it, and a slightly longer one.</summary>
internal sealed class PatternSample
{
    private const int MaxLength = 500;
    private const int MaxSteps = 10_000;

    // The characters that patterns of people are about; then all of ASCII that can be seen.
    private const string Preferred = "a0A-_.@ ";
    private const char FirstVisible = '!';
    private const char LastVisible = '~';

    private readonly StringBuilder _text = new();
    private readonly Dictionary<int, string> _groups = [];
    private readonly bool _isLonger;
    private int _steps;

    private PatternSample(bool isLonger)
    {
        _isLonger = isLonger;
    }

    private bool IsAtLimit => _text.Length > MaxLength || _steps > MaxSteps;

    /// <summary>Makes the texts; none if the pattern has an error. Look-arounds are not considered, so they may not match.</summary>
    /// <param name="pattern">The pattern.</param>
    public static IReadOnlyList<string> Of(string pattern)
    {
        try
        {
            var root = PatternParser.Parse(pattern).Root;
            string[] texts = [new PatternSample(isLonger: false).Make(root), new PatternSample(isLonger: true).Make(root)];
            return texts[0] == texts[1] ? texts[..1] : texts;
        }
        catch (PatternException)
        {
            return [];
        }
    }

    private string Make(PatternNode root)
    {
        Append(root);
        return _text.Length <= MaxLength ? _text.ToString() : _text.ToString(0, MaxLength);
    }

    private void Append(PatternNode node)
    {
        if (IsAtLimit || ++_steps > MaxSteps)
        {
            return;
        }

        switch (node)
        {
            case PatternNode.Characters characters:
                _text.Append(Pick(characters.Set));
                break;
            case PatternNode.Sequence sequence:
                foreach (var item in sequence.Items)
                {
                    Append(item);
                }

                break;
            case PatternNode.Alternation alternation:
                Append(_isLonger ? alternation.Options[^1] : alternation.Options[0]);
                break;
            case PatternNode.Group group:
                var start = _text.Length;
                Append(group.Body);
                if (group.Number is { } number)
                {
                    _groups[number] = _text.ToString(start, _text.Length - start);
                }

                break;
            case PatternNode.Repeat repeat:
                var count = _isLonger && repeat.Max > repeat.Min ? repeat.Min + 1 : repeat.Min;
                for (var i = 0; i < count && !IsAtLimit; i++)
                {
                    Append(repeat.Body);
                }

                break;
            case PatternNode.Atomic atomic:
                Append(atomic.Body);
                break;
            case PatternNode.Reference reference:
                _text.Append(_groups.GetValueOrDefault(reference.GroupNumber));
                break;
            case PatternNode.Conditional conditional:
                Append(_groups.ContainsKey(conditional.GroupNumber) ? conditional.Yes : conditional.No);
                break;
            default:
                break; // anchors and look-arounds have no text
        }
    }

    private static string Pick(CodePointSet set)
    {
        if (set.TryGetSingle(out var single))
        {
            return char.ConvertFromUtf32(single);
        }

        foreach (var character in Preferred)
        {
            if (set.Contains(character))
            {
                return character.ToString();
            }
        }

        for (var character = FirstVisible; character <= LastVisible; character++)
        {
            if (set.Contains(character))
            {
                return character.ToString();
            }
        }

        return "é"; // a set beyond ASCII, whichever
    }
}
