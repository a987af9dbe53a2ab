namespace Unroll.Generator.Model;

/// <summary>Numbers from one to another, both included.</summary>
internal readonly record struct NumberSpan(float Low, float High);
