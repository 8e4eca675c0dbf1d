using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Benchmarks.Subjects;

/// <summary>An environment and somebody to evaluate it for, whose request was read beforehand.</summary>
internal sealed class EvaluationSubject
{
    private readonly EvaluationFrame _frame = new();
    private readonly EnvironmentSnapshot _snapshot;
    private readonly byte[] _identifier;
    private readonly Trait[] _traits;

    /// <param name="snapshot">The environment to evaluate.</param>
    /// <param name="body">A request body with the identity.</param>
    public EvaluationSubject(EnvironmentSnapshot snapshot, byte[] body)
    {
        _snapshot = snapshot;
        using var request = JsonDocument.Parse(body);
        _identifier = Encoding.UTF8.GetBytes(request.RootElement.GetProperty("identifier").GetString()!);
        _traits = [.. request.RootElement.GetProperty("traits").EnumerateArray().Select(Trait.Read)];
    }

    /// <summary>One evaluation, in a frame that has seen others.</summary>
    public void Evaluate()
    {
        _frame.Begin(_snapshot);
        _frame.SetIdentity(_identifier);
        foreach (ref readonly var trait in _traits.AsSpan())
        {
            trait.Set(_frame);
        }

        _frame.Evaluate();
    }

    /// <summary>The result, as JSON.</summary>
    public string Flags()
    {
        var flags = new byte[_frame.MeasureFlags(FlagAudience.Server)];
        return Encoding.UTF8.GetString(flags, 0, _frame.WriteFlags(FlagAudience.Server, flags));
    }
}
