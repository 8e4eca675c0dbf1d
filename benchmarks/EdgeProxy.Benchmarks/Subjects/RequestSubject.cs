using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Benchmarks.Subjects;

/// <summary>A request for an identity, step by step as <c>IdentitiesEndpoint</c> takes it, from body to body.</summary>
internal sealed class RequestSubject
{
    private readonly IdentityRequest _request = new();
    private readonly byte[] _answer = new byte[64 * 1024];
    private readonly EnvironmentSnapshot _snapshot;
    private readonly byte[] _body;

    /// <param name="snapshot">The environment to evaluate.</param>
    /// <param name="body">The request's body.</param>
    public RequestSubject(EnvironmentSnapshot snapshot, byte[] body)
    {
        _snapshot = snapshot;
        _body = body;
        Read();
        if (_request.Problem is not null)
        {
            throw new ArgumentException("Not a request for an identity.", nameof(body));
        }

        Evaluate(); // so that it can be written at once
    }

    /// <summary>Takes the request as if from the pool, and reads the body.</summary>
    public void Read()
    {
        _request.TryReset();
        _request.Frame.Begin(_snapshot);
        IdentityRequestReader.Read(_body, _request, takesTraits: true);
    }

    /// <summary>Decides every flag.</summary>
    public void Evaluate() => _request.Frame.Evaluate();

    /// <summary>Writes the answer; returns its length.</summary>
    public int Write()
    {
        var answer = new IdentityAnswer(_request, _body, _body.AsSpan(_request.IdentifierToken), FlagAudience.Client, hidesTraits: false);
        answer.Write(_answer);
        return answer.Length;
    }
}
