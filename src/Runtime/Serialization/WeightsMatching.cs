namespace Unroll;

/// <summary>Which parameters a weights file must hold.</summary>
public enum WeightsMatching
{
    /// <summary>Exactly those of the model, by name and shape, and nothing else.</summary>
    Exact,

    /// <summary>
    /// At least one of them: those that agree by name and shape are loaded, all others are left as they are. For fine-tuning, where the last
    /// layers are new. After <c>keras.Model.load_weights(path, skip_mismatch=True)</c> (Keras 3).
    /// </summary>
    NameAndShape,
}
