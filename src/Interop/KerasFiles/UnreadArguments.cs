namespace Unroll.Interop.KerasFiles;

/// <summary>
/// Settings of what a layer does not have: the bias's initializer without a bias. Keras writes all of them into its files, and no network
/// differs by them; on an attribute they would be errors.
/// </summary>
internal static class UnreadArguments
{
    public static void Drop(AttributeText attribute)
    {
        DropParameter(attribute, nameof(DenseAttribute.UseBias), "Bias");
        DropParameter(attribute, nameof(ScaleAndCenterAttribute.Scale), "Gamma");
        DropParameter(attribute, nameof(ScaleAndCenterAttribute.Center), "Beta");
        if (attribute.Get(nameof(DenseAttribute.UseBias)) is false)
        {
            attribute.Unset(nameof(LSTMAttribute.UnitForgetBias));
        }

        if (attribute.Get(nameof(RandomTransformAttribute.FillMode)) is not FillMode.Constant)
        {
            attribute.Unset(nameof(RandomTransformAttribute.FillValue));
        }
    }

    private static void DropParameter(AttributeText attribute, string option, string prefix)
    {
        if (attribute.Get(option) is false)
        {
            foreach (string setting in attribute.Arguments.Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToArray())
            {
                attribute.Unset(setting);
            }
        }
    }
}
