namespace Unroll.Generator.Model;

/// <summary>A member of <c>Unroll.Model</c> as a class that cannot derive from it declares it.</summary>
/// <param name="Signature">Without body: <c>public void Save(string path)</c>.</param>
/// <param name="Accessors">Of a property: <c>get</c>, <c>set</c>; empty for a method.</param>
internal sealed record StubMember(string Signature, EquatableArray<string> Accessors);
