namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>The context of a request, apart from the identity and traits in the frame.</summary>
/// <param name="HasTargetingKey">True if the identity is set.</param>
/// <param name="TargetingKey">The place of the targeting key in the body: a string with its quotes, or a number.</param>
/// <param name="HasTraits">True if an attribute was a trait and not null.</param>
/// <param name="Range">The place of the context in the body.</param>
internal readonly record struct OfrepContext(bool HasTargetingKey, Range TargetingKey, bool HasTraits, Range Range);
