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
    public static Utf8Index Parse(string text) => ToIndex(Items(text));

    /// <summary>Returns the items of a list in one text, in their order.</summary>
    public static IReadOnlyList<string> Items(string text)
    {
        if (text.StartsWith('['))
        {
            try
            {
                using var document = JsonDocument.Parse(text, Options);
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
}
