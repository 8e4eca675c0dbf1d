using System.IO.Hashing;
using System.Text;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Ofrep;

namespace EdgeProxy.Host.Sampling;

/// <summary>The answers of one version to sampled requests, evaluated one after another.</summary>
internal sealed class SampledAnswers
{
    /// <summary>The answer to a feature that there is not, or that is hidden from the audience.</summary>
    public const ulong None = 0;

    private readonly EnvironmentSnapshot _snapshot;
    private readonly int _maxTraits;
    private readonly IdentityRequest _request = new();

    // By outcome, filled as needed: few of those of a large environment occur.
    private readonly ulong[] _answers;

    public SampledAnswers(EnvironmentSnapshot snapshot, int maxTraits)
    {
        _snapshot = snapshot;
        _maxTraits = maxTraits;
        _answers = new ulong[snapshot.Flags.Count];
    }

    /// <summary>The name of a feature.</summary>
    public string NameOf(int place) => Encoding.UTF8.GetString(_snapshot.FeatureName(place));

    /// <summary>The places of the features in another version; -1 for those that it does not have.</summary>
    public int[] PlacesIn(SampledAnswers other)
    {
        var places = new int[_snapshot.FeatureCount];
        for (var place = 0; place < places.Length; place++)
        {
            places[place] = other._snapshot.FindFeature(_snapshot.FeatureName(place));
        }

        return places;
    }

    /// <summary>Evaluates a request; false if it is none for an identity.</summary>
    public bool TryEvaluate(in SampledRequest request)
    {
        _request.TryReset();
        var body = request.Body.Span;
        var takesTraits = request.Audience == FlagAudience.Server || _snapshot.UseClientTraits;
        var isIdentity = request.Kind switch
        {
            SampledRequestKind.Identifier => TrySetIdentifier(body),
            SampledRequestKind.Identity => TryReadIdentity(body, takesTraits),
            _ => TryReadContext(body, takesTraits),
        };
        if (isIdentity)
        {
            _request.Frame.Evaluate();
        }

        return isIdentity;
    }

    /// <summary>The answer to a feature as a hash of state and value.</summary>
    /// <param name="place">The place of the feature; negative if there is none.</param>
    /// <param name="audience">The audience.</param>
    public ulong AnswerOf(int place, FlagAudience audience)
    {
        if (place < 0)
        {
            return None;
        }

        var outcome = _request.Frame.Outcomes[place];
        if (_snapshot.Flags.IsLeftOut(outcome, audience))
        {
            return None;
        }

        ref var answer = ref _answers[outcome];
        if (answer == None)
        {
            answer = Read(outcome);
        }

        return answer;
    }

    private ulong Read(int outcome)
    {
        var flag = ResultBuilder.FlagOf(_snapshot.Flags.StateOf(outcome), _snapshot.Flags.SourceOf(outcome), hasIdentity: true);
        var hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{flag.Enabled} {flag.Value.Kind} {flag.Value.Text}"));
        return hash == None ? None + 1 : hash;
    }

    private bool TrySetIdentifier(ReadOnlySpan<byte> json)
    {
        _request.Frame.Begin(_snapshot);
        var identifier = new byte[json.Length];
        if (!JsonStrings.TryUnescape(json[1..^1], identifier, out var length))
        {
            return false;
        }

        _request.Frame.SetIdentity(identifier.AsSpan(0, length));
        return true;
    }

    private bool TryReadIdentity(ReadOnlySpan<byte> body, bool takesTraits)
    {
        _request.Frame.Begin(_snapshot);
        IdentityRequestReader.Read(body, _request, takesTraits, _maxTraits);
        if (_request.Problem is not null)
        {
            return false;
        }

        if (body[_request.IdentifierToken].IsEmpty)
        {
            if (_request.Traits.IsEmpty)
            {
                return false; // another identity each time
            }

            _request.Frame.SetIdentity(TransientIdentifier.Create(body, _request.Traits));
        }

        return true;
    }

    private bool TryReadContext(ReadOnlySpan<byte> body, bool takesTraits)
    {
        if (OfrepContextReader.Read(body, _request, _snapshot, takesTraits, _maxTraits, out var context) != ContextProblem.None)
        {
            return false;
        }

        if (context.HasTargetingKey)
        {
            return true;
        }

        if (!context.HasTraits || TransientContext.CreateIdentifier(body[context.Range]) is not { } identifier)
        {
            return false;
        }

        _request.Frame.SetIdentity(identifier);
        return true;
    }
}
