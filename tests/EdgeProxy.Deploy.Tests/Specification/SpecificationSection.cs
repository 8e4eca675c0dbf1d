namespace EdgeProxy.Deploy.Tests.Specification;

/// <summary>A numbered section of a page.</summary>
/// <param name="Number">The number, such as <c>5</c> or <c>5.2</c>.</param>
/// <param name="Title">The heading without the number.</param>
internal sealed record SpecificationSection(string Number, string Title);
