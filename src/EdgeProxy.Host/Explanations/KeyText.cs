using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Explanations;

/// <summary>Masks the key of an environment in values and sentences.</summary>
/// <param name="key">The environment key.</param>
internal sealed class KeyText(string key)
{
    // Keys that Flagsmith makes have 22 letters and digits.
    private const int MinUnmistakable = 16;

    private readonly string _masked = KeyMask.Mask(key);

    /// <summary>The masked key.</summary>
    public string Masked => _masked;

    /// <summary>Masks a value that is the key, or an identity key that starts with it.</summary>
    public string OfValue(string value) =>
        value == key ? _masked
        : value.StartsWith(key, StringComparison.Ordinal) && value.AsSpan(key.Length).StartsWith("_") ? $"{_masked}{value.AsSpan(key.Length)}"
        : value;

    /// <summary>Masks the key in an operand, which may be a list or an expression with it.</summary>
    public string OfOperand(string operand) => OfSentence(OfValue(operand));

    /// <summary>Masks the key wherever a sentence has it; one that is as short as a word, only where the sentence quotes it.</summary>
    public string OfSentence(string sentence) =>
        !sentence.Contains(key, StringComparison.Ordinal) ? sentence
        : key.Length >= MinUnmistakable ? sentence.Replace(key, _masked, StringComparison.Ordinal)
        : sentence
            .Replace($"\"{key}\"", $"\"{_masked}\"", StringComparison.Ordinal)
            .Replace($"\"{key}_", $"\"{_masked}_", StringComparison.Ordinal);
}
