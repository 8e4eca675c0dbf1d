using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Benchmarks.Subjects;

/// <summary>A trait, ready for a frame.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Kind">The type of its value.</param>
/// <param name="Value">A string's text, or a number as it is spelled.</param>
internal readonly record struct Trait(byte[] Key, JsonValueKind Kind, byte[] Value)
{
    /// <summary>Reads a trait of a request body.</summary>
    public static Trait Read(JsonElement trait)
    {
        var value = trait.GetProperty("trait_value");
        return new Trait(Encoding.UTF8.GetBytes(trait.GetProperty("trait_key").GetString()!), value.ValueKind, Encoding.UTF8.GetBytes(value.ToString()));
    }

    /// <summary>Puts it into a frame.</summary>
    public void Set(EvaluationFrame frame)
    {
        switch (Kind)
        {
            case JsonValueKind.String:
                frame.SetTraitText(Key, Value);
                break;
            case JsonValueKind.Number:
                frame.SetTraitNumber(Key, Value);
                break;
            default:
                frame.SetTraitBoolean(Key, Kind == JsonValueKind.True);
                break;
        }
    }
}
