using System.Text.Json;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Explanation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Commands.Requests;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>
/// Makes questions from a document (docs/spec/operator-commands.md 2.2): for identities with overrides, for the borders of
/// conditions and variants, and at random. The same document gives the same questions.
/// </summary>
internal sealed class QuestionPlan
{
    private const int Seed = 1;

    // The parts of the questions: one of ten each for overrides and random identities, the rest for conditions.
    private const int OtherParts = 10;

    private readonly byte[] _document;
    private readonly EnvironmentModel _model;
    private readonly Random _random = new(Seed);

    private QuestionPlan(byte[] document)
    {
        _document = document;
        _model = EnvironmentExplainer.Create(document).Model;
    }

    /// <summary>Makes the questions.</summary>
    /// <param name="document">The environment document.</param>
    /// <param name="count">The number of questions.</param>
    /// <exception cref="EnvironmentDocumentException">The document is not an environment document.</exception>
    public static IReadOnlyList<Question> Make(byte[] document, int count) => new QuestionPlan(document).Make(count);

    private List<Question> Make(int count)
    {
        var questions = OverridesOf(_document).Take(Math.Max(1, count / OtherParts)).ToList();
        var segments = _model.Segments.Where(static segment => segment.Overrides.Count > 0).Select(segment => new AimedSegment(_model.Key, segment)).ToList();
        var conditions = segments.SelectMany(static segment => segment.Conditions.Select(condition => segment.QuestionsFor(condition, Transient)));
        var variants = _model.Features.Where(static feature => feature.Variants.Count > 0).Select(feature => VariantQuestions.Of(_model.Key, feature, Transient));
        var aimed = conditions.Concat(variants).Select(static questions => questions.GetEnumerator()).ToArray();
        _random.Shuffle(aimed);
        var room = count - questions.Count - (count / OtherParts);

        // In turn, so that each condition gets its first values before any gets all.
        var waiting = new Queue<IEnumerator<Question>>(aimed);
        while (room > 0 && waiting.TryDequeue(out var next))
        {
            if (next.MoveNext())
            {
                questions.Add(next.Current);
                waiting.Enqueue(next);
                room--;
            }
        }

        Array.ForEach(aimed, static each => each.Dispose());
        var pool = segments.SelectMany(static segment => segment.Conditions)
            .GroupBy(static condition => condition.Target)
            .Select(static group => (Target: group.Key, Values: group.SelectMany(static condition => condition.Values).Distinct().ToArray()))
            .ToList();
        while (questions.Count < count)
        {
            questions.Add(MakeRandom(questions.Count, pool));
        }

        return questions;
    }

    private Question MakeRandom(int number, List<(PropertyTarget Target, ScalarValue[] Values)> pool)
    {
        var identity = new AskedIdentity($"edge-proxy-compare-{_random.Next()}");
        foreach (var (target, values) in pool)
        {
            if (target.Trait is not null && _random.Next(2) == 0)
            {
                identity = identity.With(target, values[_random.Next(values.Length)]);
            }
        }

        return new Question(Question.Random, $"random identity {number}", Transient(identity));
    }

    private static byte[] Transient(AskedIdentity identity) => IdentityRequestBody.Of(identity.ToIdentity(), isTransient: true);

    /// <summary>The identities that have overrides. They exist already, and are asked for without traits: nothing new is stored.</summary>
    private static IEnumerable<Question> OverridesOf(byte[] document)
    {
        using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = EnvironmentDocumentReader.MaxDepth });
        if (!json.RootElement.TryGetProperty("identity_overrides"u8, out var overrides) || overrides.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        var number = 0;
        foreach (var item in overrides.EnumerateArray())
        {
            number++;
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("identifier"u8, out var identifier) && identifier.ValueKind == JsonValueKind.String)
            {
                yield return new Question(Question.IdentityOverride, $"identity override {number}", IdentityRequestBody.Of(new Identity(identifier.GetString()!)));
            }
        }
    }
}
