using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>One of a few words, in any case.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class ChoiceForm<T> : TypedForm<T>, IChoiceForm
{
    private readonly (string Word, T Value)[] _choices;

    /// <param name="choices">The words, and their values.</param>
    public ChoiceForm(params (string Word, T Value)[] choices)
    {
        _choices = choices;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Words => _choices.Select(static choice => choice.Word);

    /// <inheritdoc/>
    public override string Expectation => $"one of {string.Join(", ", Words)}";

    /// <inheritdoc/>
    public override T Read(SettingNode node, T otherwise)
    {
        if (node.IsUnset)
        {
            return otherwise;
        }

        var text = node.Text(Expectation);
        foreach (var (word, value) in _choices)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        node.Expected(Expectation);
        return otherwise;
    }

    /// <inheritdoc/>
    public override JsonNode? Write(T value) =>
        JsonValue.Create(_choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Word);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Words.Select(static word => JsonValue.Create(word))]) };
}
