using System.Text.Json;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Evaluation;

/// <content>The self-test of a snapshot before it is used.</content>
internal sealed partial class EnvironmentSnapshot
{
    private const int OverriddenTried = 3;

    /// <summary>
    /// Evaluates a few identities (unknown ones without traits and with every trait that conditions read, of each type, and
    /// some with overrides) and reads the answers: unforeseen effects of a document should show here, not at users. Takes
    /// milliseconds.
    /// </summary>
    /// <exception cref="InvalidOperationException">An answer was invalid.</exception>
    public void SelfTest()
    {
        var frame = new EvaluationFrame();
        var buffer = Array.Empty<byte>(); // one for all answers: each may be as long as the document
        Try(frame, ref buffer, "somebody"u8, static (_, _) => { });
        Try(frame, ref buffer, "somebody"u8, static (frame, trait) => frame.SetTraitText(trait, "some text"u8));
        Try(frame, ref buffer, "somebody"u8, static (frame, trait) => frame.SetTraitNumber(trait, "42"u8));
        Try(frame, ref buffer, "somebody"u8, static (frame, trait) => frame.SetTraitNumber(trait, "-1.5"u8));
        Try(frame, ref buffer, "somebody"u8, static (frame, trait) => frame.SetTraitBoolean(trait, value: true));
        for (var i = 0; i < Math.Min(OverriddenTried, IdentityOverrides.Count); i++)
        {
            Try(frame, ref buffer, IdentityOverrides.Identifier(i), static (_, _) => { });
        }
    }

    /// <summary>Counts the features of this snapshot that another lacks, by name.</summary>
    public int CountFeaturesMissingIn(EnvironmentSnapshot other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var missing = 0;
        for (var i = 0; i < _featureNames.Count; i++)
        {
            missing += other._featureNames.Find(_featureNames[i]) < 0 ? 1 : 0;
        }

        return missing;
    }

    private void Try(EvaluationFrame frame, ref byte[] buffer, ReadOnlySpan<byte> identifier, Action<EvaluationFrame, ReadOnlySpan<byte>> setTrait)
    {
        frame.Begin(this);
        frame.SetIdentity(identifier);
        for (var i = 0; i < Slots.TraitCount; i++)
        {
            setTrait(frame, Slots.Trait(i));
        }

        frame.Evaluate();
        var all = Check(frame, ref buffer, FlagAudience.Server);
        var told = Check(frame, ref buffer, FlagAudience.Client);
        if (all != Features.Length || told > all)
        {
            throw new InvalidOperationException($"An answer has {all} flags of {Features.Length}, and {told} for clients.");
        }
    }

    /// <summary>Reads an answer; returns the number of its flags.</summary>
    private int Check(EvaluationFrame frame, ref byte[] buffer, FlagAudience audience)
    {
        var needed = frame.MeasureFlags(audience);
        ReadOnlySpan<byte> answer;
        int length;
        if (!frame.Deviates)
        {
            // That is the answer, without a copy, which may be as long as the document.
            answer = UsualFlags(audience).Span;
            length = answer.Length;
        }
        else
        {
            if (buffer.Length < needed)
            {
                buffer = GC.AllocateUninitializedArray<byte>(needed);
            }

            length = frame.WriteFlags(audience, buffer.AsSpan(0, needed));
            answer = buffer.AsSpan(0, length);
        }

        if (length != needed)
        {
            throw new InvalidOperationException($"An answer has {length} bytes instead of {needed}.");
        }

        try
        {
            var reader = new Utf8JsonReader(answer);
            var flags = 0;
            while (reader.Read())
            {
                flags += reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 1 ? 1 : 0;
            }

            return flags;
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException("An answer is not JSON.", exception);
        }
    }
}
