using System.Text;
using EdgeProxy.Fuzzing.Mutations;

namespace EdgeProxy.Fuzzing.Documents;

/// <summary>Documents by their numbers: a good one with values replaced, moved, repeated or lost, with bytes changed, or both.</summary>
internal sealed class DocumentMutator
{
    private static readonly byte[][] Oddities =
    [
        .. new[]
        {
            "null", "true", "0", "-1", "1.5", "1e400", "-1e-400", "2147483648", "9223372036854775808", "123456789012345678901234567890", "\"\"", "\"\\u0000\"",
            "\"\\ud800\"", "\"\\udc00\\ud800\"", "[]", "{}", "[[]]", "[null]", "{\"\":null}", "{\"id\":1,\"id\":2}", "\"REGEX\"", "\"IN\"", "\"MODULO\"",
            "\"PERCENTAGE_SPLIT\"", "\"IS_SET\"", "\"NONE\"", "\"ANY\"", "\"(a+)+$\"", "\"(?:a|a)*b\"", "\"(?P<a>(?P<a>x))\"", "\"[\"", "\"a{99999999999}\"",
            "\"(?:(?:(?:a{1000}){1000}){1000})\"", "\"\\\\1(a)\"", "\"(?i)\\u0130\\ud83d\\ude00\"", "\"$\"", "\"$..*\"", "\"$..[?@..[?@..*]]\"", "\"$.identity.traits[99999999999]\"",
            "\"$[?match(@.a, '(a*)*b')]\"", "\"$.identity.key\"", "\"1.2.3:semver\"", "\"99999999999999999999.1.1:semver\"", "\"0|0\"", "\"1e308|1e-308\"", "\"NaN\"", "\"inf|1\"",
            "\"2026-13-45T99:99:99Z\"", "\"9999-12-31T23:59:59.999999+14:00\"", "\"0001-01-01T00:00:00-14:00\"",
        }.Select(Encoding.UTF8.GetBytes),
        Encoding.UTF8.GetBytes(new string('[', 70) + new string(']', 70)),
        Encoding.UTF8.GetBytes($"\"{new string('x', 50_000)}\""),
        Encoding.UTF8.GetBytes($"\"{new string('(', 500)}{new string(')', 500)}\""),
        Encoding.UTF8.GetBytes($"\"$.{new string('[', 500)}\""),
        Encoding.UTF8.GetBytes($"\"$[?{new string('(', 500)}@.a{new string(')', 500)}]\""),
        Encoding.UTF8.GetBytes($"\"{string.Join(',', Enumerable.Range(0, 5000))}\""),
        [.. "\""u8, 0xC0, 0x80, .. "\""u8],
    ];

    private readonly FuzzSettings _settings;

    public DocumentMutator(FuzzSettings settings)
    {
        _settings = settings;
    }

    /// <summary>The document with a number.</summary>
    public byte[] this[long number]
    {
        get
        {
            var random = _settings.RandomOf(number);
            var original = DocumentCorpus.All[random.Next(DocumentCorpus.All.Count)];
            var document = original;
            var values = JsonValueFinder.Find(original);
            if (random.Next(5) > 0)
            {
                // From the back, so that the places before stay where they are.
                var places = Enumerable.Range(0, random.Next(1, 6)).Select(_ => values[random.Next(values.Length)]).OrderByDescending(static place => place.Start);
                var last = int.MaxValue;
                foreach (var place in places.Where(place => place.End <= document.Length))
                {
                    if (place.End <= last)
                    {
                        document = Change(document, place, original, values, random);
                        last = place.NameStart >= 0 ? place.NameStart : place.Start;
                    }
                }
            }

            return document == original || random.Next(8) == 0 ? ByteMutator.Mutate(document, random) : document;
        }
    }

    private static byte[] Change(byte[] document, JsonValueSpan place, byte[] original, JsonValueSpan[] values, Random random)
    {
        var length = place.End - place.Start;
        var from = place.NameStart >= 0 ? place.NameStart : place.Start;
        var other = values[random.Next(values.Length)];
        switch (random.Next(10))
        {
            case 0: // another value of the same document
                return ByteMutator.Replace(document, place.Start, length, original.AsSpan(other.Start..other.End));
            case 1 when other.NameStart >= 0 && place.NameStart >= 0: // another member of it
                return ByteMutator.Replace(document, from, place.End - from, original.AsSpan(other.NameStart..other.End));
            case 2: // twice, or often
                byte[] again = [.. document.AsSpan(from..place.End), (byte)','];
                return ByteMutator.Replace(document, from, 0, [.. Enumerable.Repeat(again, random.Next(8) == 0 ? 300 : 1).SelectMany(static item => item)]);
            case 3: // gone, with its comma
                var end = place.End < document.Length && document[place.End] == (byte)',' ? place.End + 1 : place.End;
                return ByteMutator.Replace(document, from, end - from, []);
            case 4 when document[place.Start] == (byte)'"': // a little different
                var text = ByteMutator.Mutate(document[(place.Start + 1)..(place.End - 1)], random);
                return ByteMutator.Replace(document, place.Start + 1, length - 2, text);
            case 5: // as text
                return ByteMutator.Replace(document, place.Start, length, [(byte)'"', .. document.AsSpan(place.Start..place.End).ToArray().Where(static value => value is not ((byte)'"' or (byte)'\\' or (byte)'\n')), (byte)'"']);
            default:
                return ByteMutator.Replace(document, place.Start, length, Oddities[random.Next(Oddities.Length)]);
        }
    }
}
