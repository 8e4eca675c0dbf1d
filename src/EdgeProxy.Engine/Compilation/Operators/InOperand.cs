using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>The list of an <c>IN</c> condition (docs/spec/evaluation.md 5.1).</summary>
internal static class InOperand
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    /// <summary>
    /// A JSON array if the text starts with a bracket and is one; else the text split at commas, without trimming.
    /// </summary>
    /// <param name="text">The operand.</param>
    /// <param name="excessiveDigits">The digits of an integer in the array that has more than <see cref="PythonLiteral.MaxIntegerDigits"/>; 0 without one.</param>
    public static Utf8Index Parse(string text, out int excessiveDigits) => ToIndex(Items(text, out excessiveDigits));

    /// <summary>Returns the items of the same list, in their order.</summary>
    public static IReadOnlyList<string> Items(string text, out int excessiveDigits)
    {
        excessiveDigits = 0;
        if (text.StartsWith('['))
        {
            try
            {
                using var document = JsonDocument.Parse(text, Options);
                excessiveDigits = document.RootElement.EnumerateArray().Select(CountExcessiveDigits).DefaultIfEmpty().Max();
                return [.. document.RootElement.EnumerateArray().Select(JsonScalar.ToPlainText).OfType<string>()];
            }
            catch (JsonException)
            {
                // Not JSON: a list with a bracket in its first item.
            }
        }

        return text.Split(',');
    }

    /// <summary>Creates the operand from a list.</summary>
    public static Utf8Index ToIndex(IEnumerable<string> items)
    {
        var index = new Utf8Index();
        foreach (var item in items)
        {
            index.Add(Encoding.UTF8.GetBytes(item));
        }

        return index;
    }

    private static int CountExcessiveDigits(JsonElement item) =>
        item.ValueKind == JsonValueKind.Number ? PythonLiteral.CountExcessiveDigits(item.GetRawText()) : 0;
}
