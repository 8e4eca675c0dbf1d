using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Explanations;

/// <summary>Masks the key of an environment in values and sentences.</summary>
/// <param name="key">The environment key.</param>
internal sealed class KeyText(string key)
{
    private readonly string _masked = KeyMask.Mask(key);

    /// <summary>The masked key.</summary>
    public string Masked => _masked;

    /// <summary>Masks a value that is the key, or an identity key that starts with it.</summary>
    public string OfValue(string value) =>
        value == key ? _masked
        : value.StartsWith(key, StringComparison.Ordinal) && value.AsSpan(key.Length).StartsWith("_") ? $"{_masked}{value.AsSpan(key.Length)}"
        : value;

    /// <summary>Masks the same where a sentence quotes it.</summary>
    public string OfSentence(string sentence) => !sentence.Contains(key, StringComparison.Ordinal) ? sentence : sentence
        .Replace($"\"{key}\"", $"\"{_masked}\"", StringComparison.Ordinal)
        .Replace($"\"{key}_", $"\"{_masked}_", StringComparison.Ordinal);
}
